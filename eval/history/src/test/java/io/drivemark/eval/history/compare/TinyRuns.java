package io.drivemark.eval.history.compare;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Real runs of tiny networks over generated scenes. What differs from one to the next is planted:
 * an engine that changes what it gives, another seed, protocol or network.
 */
final class TinyRuns {
  static final int HEIGHT = 24;
  static final int WIDTH = 32;
  static final int FRAMES = 24;

  private final Path folder;
  private String seed = "1";
  private String protocol = "cityscapes";
  private String models = "one, two";
  private String latency = "off";
  private long weights = 1;
  private Planted planted = (network, inference, output) -> {};
  private UnaryOperator<Dataset> view = dataset -> dataset;

  /** What an engine gives is changed by this after each inference. */
  interface Planted {
    /**
     * Changes an output.
     *
     * @param inference which of the network's session, from 0; the last one is the canary
     * @param output [1, K, h, w]
     */
    void change(String network, int inference, FloatBuffer output);
  }

  TinyRuns(Path folder) {
    this.folder = folder;
  }

  TinyRuns seed(String other) {
    seed = other;
    return this;
  }

  TinyRuns protocol(String other) {
    protocol = other;
    return this;
  }

  TinyRuns models(String others) {
    models = others;
    return this;
  }

  TinyRuns latency(String other) {
    latency = other;
    return this;
  }

  TinyRuns weights(long other) {
    weights = other;
    return this;
  }

  TinyRuns planted(Planted other) {
    planted = other;
    return this;
  }

  TinyRuns view(UnaryOperator<Dataset> other) {
    view = other;
    return this;
  }

  /** Runs into a folder of this name. */
  Path run(String name) {
    Path out = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(name + ".yaml");
      Files.writeString(
          file,
          """
          schema: drivemark-study/1
          datasets:
            - {name: synthdrive, split: val, options: {count: %d, size: %dx%d, sequence: 2, seed: %s}}
          models: [%s]
          engines: [{name: onnxruntime, threads: 1}]
          protocol: %s
          latency: %s
          """
              .formatted(FRAMES, HEIGHT, WIDTH, seed, models, protocol, latency));
      new Runner(Study.read(file), out, Progress.NONE, sources()).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out;
  }

  private Sources sources() {
    Engine engine = new Changing(planted);
    return new Sources(
        (DatasetRequest request) -> view.apply(Datasets.open(request)),
        this::model,
        name -> engine,
        NanoClock.SYSTEM);
  }

  private Model model(String name) {
    return switch (name) {
      case "one" -> labels(name, weights);
      case "two" -> labels(name, 7);
      case "three" -> labels(name, 8);
      case "far" -> distances(name, weights);
      default -> throw new BadInputException("no model " + name);
    };
  }

  private static Model labels(String name, long seed) {
    NetworkBuilder b = new NetworkBuilder(name, seed);
    String x = b.input("image", 3);
    Network network = b.build(b.conv("scores", x, 11, 1).bias().build());
    return new Model(
        new ModelSpec(
            name,
            "tiny",
            Map.of(),
            ModelSpec.InputSpec.IMAGENET,
            "camvid-11",
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "0")),
        network);
  }

  private static Model distances(String name, long seed) {
    NetworkBuilder b = new NetworkBuilder(name, seed);
    Network network = b.build(b.conv("z", b.input("image", 3), 1, 1).bias().build());
    return new Model(
        new ModelSpec(
            name,
            "tiny",
            Map.of(),
            ModelSpec.InputSpec.IMAGENET,
            List.of(new Head("far", Optional.of("z"), new DepthHead(1, 80, DepthHead.Form.LOG))),
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "0"),
            Wiring.PLAIN),
        network);
  }

  /** An installed engine whose answers are changed. */
  private record Changing(Planted planted) implements Engine {
    private static final Engine REAL = Engines.named("onnxruntime");

    @Override
    public String name() {
      return REAL.name();
    }

    @Override
    public Availability probe() {
      return REAL.probe();
    }

    @Override
    public Session open(Network network, int height, int width, EngineOptions options) {
      Session session = REAL.open(network, height, width, options);
      return new Session() {
        private int inferences;

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
          session.run(input, outputs);
          planted.change(network.name(), inferences++, outputs.get(0));
        }

        @Override
        public void close() {
          session.close();
        }
      };
    }
  }
}
