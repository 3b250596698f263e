package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * What all benchmarks work on: a SynthDrive frame of 1024×2048, its truth as classes of a space of
 * 19, logits [19, 128, 256] and the label map they give. Made once by {@link Main} and read by each
 * forked process. Holds arrays that nobody writes to.
 */
final class Inputs {
  static final int HEIGHT = 1024;
  static final int WIDTH = 2048;
  static final int CLASSES = 19;
  static final int LOGITS_HEIGHT = 128;
  static final int LOGITS_WIDTH = 256;

  /** Where {@link Main} left the inputs for the processes it forks. */
  static final String PROPERTY = "drivemark.bench.inputs";

  /** Nineteen classes without meaning: only their number matters here. */
  static final LabelSpace SPACE =
      new LabelSpace(
          "bench-19",
          IntStream.range(0, CLASSES)
              .mapToObj(i -> new LabelClass("class-" + i, 0, "class", false, false))
              .toList());

  private final RgbImage image;
  private final byte[] truth;
  private final float[] logits;
  private final byte[] prediction;

  private Inputs(RgbImage image, byte[] truth, float[] logits, byte[] prediction) {
    this.image = image;
    this.truth = truth;
    this.logits = logits;
    this.prediction = prediction;
  }

  /** The frame and what a network says about it. */
  static Inputs make(Logits network) {
    Sample sample = new SynthDrive(SynthOptions.of(1, 1, HEIGHT, WIDTH, "val")).frame(0).sample();
    byte[] truth = sample.truth().pixels();
    float[] logits = network.of(sample);
    return new Inputs(sample.image(), truth, logits, PlainDecode.ofInputs().labels(logits));
  }

  /** The inputs that {@link Main} wrote before it started this process. */
  static Inputs read() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      throw new IllegalStateException("benchmarks are started by " + Main.class.getName());
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file))))) {
      byte[] pixels = in.readNBytes(3 * HEIGHT * WIDTH);
      byte[] truth = in.readNBytes(HEIGHT * WIDTH);
      byte[] prediction = in.readNBytes(HEIGHT * WIDTH);
      float[] logits = new float[CLASSES * LOGITS_HEIGHT * LOGITS_WIDTH];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = in.readFloat();
      }
      return new Inputs(RgbImage.of(HEIGHT, WIDTH, pixels), truth, logits, prediction);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder that the processes of a run share, deleted at its end. */
  static Path folder() {
    return Path.of(System.getProperty(PROPERTY)).getParent();
  }

  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.write(image.pixels());
      out.write(truth);
      out.write(prediction);
      for (float logit : logits) {
        out.writeFloat(logit);
      }
    }
  }

  RgbImage image() {
    return image;
  }

  byte[] truth() {
    return truth;
  }

  /** float32 [19, 128, 256]. */
  float[] logits() {
    return logits;
  }

  byte[] prediction() {
    return prediction;
  }
}
