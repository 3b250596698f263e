package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.datasets.image.Preprocess;
import io.drivemark.eval.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every network for segmentation can learn four frames of 96×128 by heart: more than 95 % of their
 * pixels. That fails where a part of the graph lets no gradient through, or where training and
 * inference differ.
 */
class ZooOverfitTest {
  /** Of what is in the frames. */
  private static final List<String> CLASSES = List.of("Sky", "Road", "Box");

  /**
   * Decoders as wide as there are classes: with three channels ESPNetv2 stays at 94 %, whatever the
   * rate, and ESPNet needs five. They get as many as CamVid has, of which most never occur.
   */
  private static final List<String> IN_CLASS_SPACE = List.of("espnet", "espnetv2");

  private static final int USUAL_CLASSES = 11;

  /** Multiply-accumulates do not matter here, but fc6 and fc7 of VGG16 take half a gigabyte. */
  private static final List<String> ON_VGG16 =
      List.of(
          "fcn8s", "dilation8", "skipnet-vgg16", "unet-vgg16", "dilation-vgg16", "dilation2-vgg16");

  /** One line a network: name, parameters, steps, pixel accuracy; beside the test reports. */
  private static final Path TABLE = Path.of("target", "overfit.tsv");

  private static final int STEPS = 400;
  private static final int EVERY = 10;
  private static final double ENOUGH = 0.95;

  @ParameterizedTest
  @ValueSource(strings = "fast-scnn")
  void smallNetworkOverfitsFourFrames(String architecture) {
    assertTrue(accuracy(architecture) > ENOUGH);
  }

  @ParameterizedTest
  @MethodSource("networks")
  @Tag("slow")
  void everyNetworkOverfitsFourFrames(String architecture) {
    assertTrue(accuracy(architecture) > ENOUGH);
  }

  static List<String> networks() {
    return Architectures.names(Task.SEGMENTATION);
  }

  private static double accuracy(String architecture) {
    int classes = IN_CLASS_SPACE.contains(architecture) ? USUAL_CLASSES : CLASSES.size();
    ShapeFrames frames = new ShapeFrames(space(classes), 4, 96, 128, 1);
    Map<String, String> options = new LinkedHashMap<>();
    for (Option option : Architectures.named(architecture).options()) {
      if (option.name().equals("heads")) {
        options.put("heads", "auxiliary");
      } else if (option.name().equals("width") && ON_VGG16.contains(architecture)) {
        options.put("width", "0.25");
      }
    }
    Network start = Architectures.build(architecture, options, classes, 3);
    LabelTraining val =
        new LabelTraining(
            start.outputs(),
            new TaskTraining.Setting(
                start, InputSpec.IMAGENET, frames, frames, TrainingRecipe.defaults()));
    Loss loss = Loss.ofLabels(start.outputs(), evenly(classes), 1, 0.4);
    Shape batch = Shape.of(frames.count(), 3, frames.height(), frames.width());
    FloatBuffer images = FloatBuffer.allocate(Math.toIntExact(batch.elements()));
    ByteBuffer truth = ByteBuffer.allocate(frames.count() * frames.height() * frames.width());
    fill(frames, images, truth);
    Optimiser optimiser = new Optimiser(Optimiser.Kind.ADAM, 0, false);
    double accuracy = 0;
    int step = 0;
    try (Learner learner = new Learner(start, batch, loss, w -> true, 1)) {
      while (accuracy <= ENOUGH && step < STEPS) {
        step++;
        learner.backward(images, truth, step);
        // a short warm-up: networks without normalisation do not take the full rate at once
        double rate = 1e-3 * Math.min(1, step / 10.0);
        for (String weight : learner.learned()) {
          float[] values = new float[learner.size(weight)];
          float[] gradient = new float[values.length];
          learner.values(weight, values);
          learner.gradient(weight, gradient);
          optimiser.update(weight, values, gradient, rate, 0, step);
          learner.setValues(weight, values);
        }
        if (step % EVERY == 0) {
          accuracy = Metrics.pixelAccuracy(val.evaluate(learner).counts()).value().orElseThrow();
        }
      }
    }
    note(architecture + " " + options, start.parameters(), step, accuracy);
    return accuracy;
  }

  private static LabelSpace space(int classes) {
    return new LabelSpace(
        "shapes",
        IntStream.range(0, classes)
            .mapToObj(i -> i < CLASSES.size() ? CLASSES.get(i) : "None " + i)
            .map(n -> new LabelClass(n, 0, "thing", false, false))
            .toList());
  }

  private static float[] evenly(int classes) {
    float[] weights = new float[classes];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static void fill(ShapeFrames frames, FloatBuffer images, ByteBuffer truth) {
    InputSpec usual = InputSpec.IMAGENET;
    Preprocess preprocess =
        new Preprocess(
            ChannelOrder.RGB, usual.mean(), usual.std(), frames.height(), frames.width());
    for (int i = 0; i < frames.count(); i++) {
      Sample sample = frames.frame(i).sample();
      images.put(preprocess.apply(sample.image()));
      truth.put(sample.truth().pixels());
    }
  }

  private static void note(String what, long parameters, int steps, double accuracy) {
    String line =
        String.format(Locale.ROOT, "%s\t%d\t%d\t%.4f%n", what, parameters, steps, accuracy);
    try {
      Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
