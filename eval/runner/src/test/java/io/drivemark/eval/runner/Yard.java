package io.drivemark.eval.runner;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A tiny dataset of files and tiny networks for it: three classes, each a colour, and a network
 * that takes the brightest channel for the class.
 */
public final class Yard {
  static final int HEIGHT = 12;
  static final int WIDTH = 20;
  public static final int FRAMES = 6;

  /** Inferences of a cell: one a frame, and one for its canary. */
  public static final int RUNS = FRAMES + 1;

  /** Its classes. */
  public static final LabelSpace SPACE =
      new LabelSpace(
          "yard",
          Stream.of("ground", "bush", "person")
              .map(n -> new LabelClass(n, 0, n, false, false))
              .toList());

  private Yard() {}

  /** Writes the dataset and returns its declaration. */
  public static Path write(Path folder) {
    Random random = new Random(7);
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] pixels = new byte[3 * HEIGHT * WIDTH];
      byte[] labels = new byte[HEIGHT * WIDTH];
      for (int i = 0; i < labels.length; i++) {
        int shown = (i / 30 + frame) % 3;
        labels[i] = (byte) (random.nextInt(10) == 0 ? random.nextInt(4) : shown);
        for (int c = 0; c < 3; c++) {
          pixels[3 * i + c] = (byte) ((c == shown ? 150 : 20) + random.nextInt(60));
        }
      }
      String id = "frame" + frame;
      ImageCodec.writeImage(
          folder.resolve("val").resolve(id + ".png"), RgbImage.of(HEIGHT, WIDTH, pixels));
      ImageCodec.writeGray8(folder.resolve("valannot/" + id + ".png"), HEIGHT, WIDTH, labels);
    }
    Path yaml = folder.resolve("yard.yaml");
    try {
      Files.writeString(
          yaml,
          """
          name: yard
          classes: [{name: ground}, {name: bush}, {name: person}]
          splits: [val]
          layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png'}]
          coding: {kind: index, void: [3]}
          """);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return yaml;
  }

  public static Study study(Path yaml, List<String> models) {
    return Study.of(
            new DatasetSpec(
                yaml.toString(),
                Optional.of(yaml.getParent()),
                "val",
                OptionalInt.empty(),
                Map.of()),
            models,
            new EngineSpec("onnxruntime", OptionalInt.of(1)))
        .withLatency(Optional.empty());
  }

  /** A model of the yard: a 1×1 convolution that adds {@code bias} to the first class. */
  public static Model model(String name, float bias) {
    return model(name, "yard", bias);
  }

  public static Model model(String name, String labels, float bias) {
    return model(name, labels.equals("yard") ? SPACE : LabelSpaces.named(labels), bias);
  }

  public static Model model(String name, LabelSpace labels, float bias) {
    NetworkBuilder b = new NetworkBuilder(name, 1);
    String x = b.input("image", 3);
    Tensor identity = Tensor.of(Shape.of(3, 3, 1, 1), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    String y = b.conv("scores", x, 3, 1).initial(identity).bias().build();
    Network network =
        b.build(y)
            .withTensors(Map.of("scores.bias", Tensor.of(Shape.of(3), new float[] {bias, 0, 0})));
    return new Model(
        new ModelSpec(
            name,
            "tiny",
            Map.of(),
            new ModelSpec.InputSpec(
                Optional.empty(), "rgb", List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
            labels,
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "0")),
        network);
  }

  /** Models {@code plain} and {@code biased} on installed engines. */
  public static Sources sources() {
    return sources(Engines::named);
  }

  public static Sources sources(java.util.function.Function<String, Engine> engines) {
    Map<String, Model> models =
        Map.of(
            "plain", model("plain", 0),
            "biased", model("biased", 40),
            "bushy", model("bushy", -40),
            "green", model("green", -80),
            "city", model("city", "cityscapes-19", 0),
            "camvid", model("camvid", "camvid-11", 0));
    return new Sources(Datasets::open, models::get, engines, NanoClock.SYSTEM);
  }

  /** What a test lets happen at each inference. */
  interface Before {
    void run(int inference);
  }

  /** An installed engine that counts what happens and lets something happen before inferences. */
  static class Watched implements Engine {
    final AtomicInteger inferences = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    private final Engine real = Engines.named("onnxruntime");
    private final Before before;

    Watched(Before before) {
      this.before = before;
    }

    /** Lets something happen before an inference of a network. */
    void beforeRun(Network network) {
      before.run(inferences.getAndIncrement());
    }

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public Availability probe() {
      return real.probe();
    }

    @Override
    public Session open(Network network, int height, int width, EngineOptions options) {
      Session session = real.open(network, height, width, options);
      mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
      return new Session() {
        @Override
        public String runtimeVersion() {
          return session.runtimeVersion();
        }

        @Override
        public Shape inputShape() {
          return session.inputShape();
        }

        @Override
        public List<Shape> outputShapes() {
          return session.outputShapes();
        }

        @Override
        public void run(FloatBuffer input, List<FloatBuffer> outputs) {
          beforeRun(network);
          session.run(input, outputs);
        }

        @Override
        public void close() {
          session.close();
          open.decrementAndGet();
        }
      };
    }
  }

  /** An engine that this machine lacks. */
  static final class Absent implements Engine {
    @Override
    public String name() {
      return "absent";
    }

    @Override
    public Availability probe() {
      return new Availability.Missing("its library is not there", "install it");
    }

    @Override
    public Session open(Network network, int height, int width, EngineOptions options) {
      throw new io.drivemark.problem.UnavailableException("absent");
    }
  }
}
