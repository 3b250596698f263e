package io.drivemark.spark;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dataset of tiny pictures and networks for it, as files that executors read, too: three classes,
 * each a colour, and networks that take the brightest channel for the class.
 */
final class SparkYard {
  static final int HEIGHT = 12;
  static final int WIDTH = 20;

  /** How the first network's cell is called. */
  static final String PLAIN = "plain on yard/val with moody at 12x20";

  private static final LabelSpace SPACE =
      new LabelSpace(
          "yard",
          Stream.of("ground", "bush", "person")
              .map(name -> new LabelClass(name, 0, name, false, false))
              .toList());

  private final Path folder;
  private int studies;

  /**
   * Writes the dataset and both networks.
   *
   * @param white a frame that is all white; -1 = none
   */
  SparkYard(Path folder, int frames, int white) {
    this.folder = folder;
    Random random = new Random(7);
    for (int frame = 0; frame < frames; frame++) {
      byte[] pixels = new byte[3 * HEIGHT * WIDTH];
      byte[] labels = new byte[HEIGHT * WIDTH];
      for (int i = 0; i < labels.length; i++) {
        int shown = (i / 30 + frame) % 3;
        labels[i] = (byte) (random.nextInt(10) == 0 ? random.nextInt(4) : shown);
        for (int c = 0; c < 3; c++) {
          pixels[3 * i + c] = (byte) ((c == shown ? 150 : 20) + random.nextInt(60));
        }
      }
      if (frame == white) {
        Arrays.fill(pixels, (byte) 255);
      }
      String id = String.format(Locale.ROOT, "frame%03d", frame);
      ImageCodec.writeImage(
          folder.resolve("val").resolve(id + ".png"), RgbImage.of(HEIGHT, WIDTH, pixels));
      ImageCodec.writeGray8(folder.resolve("valannot/" + id + ".png"), HEIGHT, WIDTH, labels);
    }
    write(
        "yard.yaml",
        """
        name: yard
        classes: [{name: ground}, {name: bush}, {name: person}]
        splits: [val]
        layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png'}]
        coding: {kind: index, void: [3]}
        """);
    network("plain", 0);
    network("biased", 40);
  }

  private void network(String name, float bias) {
    NetworkBuilder b = new NetworkBuilder(name, 1);
    String x = b.input("image", 3);
    Tensor identity = Tensor.of(Shape.of(3, 3, 1, 1), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    Network network =
        b.build(b.conv("scores", x, 3, 1).initial(identity).bias().build())
            .withTensors(Map.of("scores.bias", Tensor.of(Shape.of(3), new float[] {bias, 0, 0})));
    Models.write(
        new Model(
            new ModelSpec(
                name,
                "tiny",
                Map.of(),
                new ModelSpec.InputSpec(
                    Optional.empty(), "rgb", List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
                SPACE,
                LabelsHead.Form.LOGITS,
                ModelSpec.Variant.DENSE,
                Map.of("epochs", "0")),
            network),
        folder.resolve(name + ".onnx"));
  }

  /**
   * Writes a study of networks on the moody engine, which is none that was written before: an
   * executor that has a network open for one has none open for the next.
   *
   * @param models names
   * @return its file
   */
  Path study(String... models) {
    int number = ++studies;
    return write(
        "study" + number + ".yaml",
        """
        schema: drivemark-study/1
        datasets: [{name: yard.yaml, root: ., split: val}]
        models: [%s]
        engines: [{name: moody, threads: 1}]
        latency: off
        seed: %d
        """
            .formatted(
                Stream.of(models).map(name -> name + ".onnx").collect(Collectors.joining(", ")),
                number));
  }

  private Path write(String name, String text) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
