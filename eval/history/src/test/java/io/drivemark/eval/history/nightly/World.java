package io.drivemark.eval.history.nightly;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
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
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.eval.runner.timing.Fork;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A machine, an engine and a clock that are made up: the runner is real, and what a run takes is
 * drawn from the night, the process, the model and the number of the run in its session, so a night
 * that is repeated after a kill takes the same times.
 */
final class World {
  /** What ends a night at a point that was chosen. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static final int SIDE = 8;
  private static final int FRAMES = 2;
  private static final long MS = 1_000_000;
  private static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");
  private static final LabelSpace SPACE =
      new LabelSpace(
          "lot",
          Stream.of("ground", "bush", "person")
              .map(n -> new LabelClass(n, 0, n, false, false))
              .toList());

  /** The noise of a process about a model's usual time. */
  double processNoise = 0.004;

  /** Models that take so many times their usual time. */
  final Map<String, Double> factors = new HashMap<>();

  /** The bias of a model's first class: another network under the same name. */
  final Map<String, Float> biases = new HashMap<>();

  /** Models whose answers on the frames differ from night to night, and on the canary do not. */
  final Set<String> unstable = new HashSet<>();

  /** What an engine adds to a model's first class: another library under the same version. */
  final Map<String, Float> numerics = new HashMap<>();

  int datasetsOpened;
  int modelsOpened;

  /** Whether the engine can be started. */
  boolean engine = true;

  /** By how much fixed work takes longer once the night has waited for something. */
  double rulerAfterPause = 1;

  /** Processes of others. */
  List<MachineState.Busy> busy = List.of();

  /** Bytes on the disk. */
  long free = 1L << 40;

  /** How many things may happen before the night is killed. */
  long fuse = Long.MAX_VALUE;

  /** How many things have happened. */
  long happened;

  final List<Duration> sleeps = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  private final Path folder;
  private final int cells;
  private float firstPixel;
  private double rulerFactor = 1;
  private int night;
  private long nanos;
  private String process = "";

  World(Path folder, int cells) {
    this.folder = folder;
    this.cells = cells;
    write();
  }

  /** A copy of this world with all that its nights left, in another folder. */
  World copied(Path to) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(folder.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new World(to, cells);
  }

  /** Removes a frame from the dataset. */
  void loseAFrame() {
    try {
      Files.delete(folder.resolve("val/f0.png"));
      Files.delete(folder.resolve("valannot/f0.png"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It is two o'clock of another night. */
  void night(int number) {
    night = number;
    nanos = 0;
    rulerFactor = 1;
  }

  Instant now() {
    return FIRST.plus(Duration.ofDays(night)).plusNanos(nanos);
  }

  /** Something happens; a night that is to be killed ends here. */
  void happen() {
    happened++;
    if (happened > fuse) {
      throw new Killed();
    }
  }

  NightPlan plan(String more) {
    return plan(more, "");
  }

  /**
   * @param more keys of the night's file
   * @param study keys of the study
   */
  NightPlan plan(String more, String study) {
    String models =
        IntStream.range(0, cells).mapToObj(World::model).collect(Collectors.joining(", "));
    text(
        "study.yaml",
        "schema: drivemark-study/1\ndatasets: [{name: lot.yaml, split: val}]\nmodels: ["
            + models
            + "]\nengines: [{name: onnxruntime, threads: 1}]\nlatency: {runs: 20, group: 7}\n"
            + study);
    text("night.yaml", "schema: drivemark-night/1\nstudy: study.yaml\n" + more);
    return NightPlan.read(folder.resolve("night.yaml"));
  }

  static String model(int index) {
    return "m" + (index < 10 ? "0" : "") + index;
  }

  /** The parts of a night, with this history. */
  Parts parts(History.Opener histories, Parts.Views views) {
    return new Parts(
        this::now,
        this::sleep,
        sources("study"),
        machine(),
        this::ruler,
        this::fork,
        histories,
        views,
        (notice, place) -> {
          happen();
          told.add(String.join(" ", notice.command()));
          return "";
        },
        Progress.NONE);
  }

  private void sleep(Duration time) {
    happen();
    sleeps.add(time);
    rulerFactor = rulerAfterPause;
    nanos += time.toNanos();
  }

  private RulerTimes ruler() {
    happen();
    return new RulerTimes(
        "drivemark-ruler/1",
        ruled(10, 11, 12),
        "onnxruntime",
        Optional.of("1.0"),
        "b",
        ruled(5, 6, 7));
  }

  private List<Long> ruled(int... ms) {
    return IntStream.of(ms).mapToObj(m -> Math.round(m * MS * rulerFactor)).toList();
  }

  private void fork(Path fork) {
    happen();
    String name = fork.getParent().getFileName() + "/" + fork.getFileName();
    new Fork(fork, sources(name), this::now, Progress.NONE).run();
    happen();
  }

  private Sources sources(String processName) {
    return new Sources(
        request -> {
          datasetsOpened++;
          return Datasets.open(request);
        },
        name -> {
          modelsOpened++;
          return made(name, biases.getOrDefault(name, 0f));
        },
        name -> {
          process = processName;
          return new Made();
        },
        () -> nanos);
  }

  private MachineState machine() {
    return new MachineState() {
      @Override
      public OptionalDouble load() {
        return OptionalDouble.of(0.1);
      }

      @Override
      public int threads() {
        return 2;
      }

      @Override
      public List<Busy> busy() {
        happen();
        return busy;
      }

      @Override
      public Optional<String> governor() {
        return Optional.empty();
      }

      @Override
      public long freeBytes(Path place) {
        return free;
      }
    };
  }

  private static Model made(String name, float bias) {
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
            SPACE,
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "1")),
        network);
  }

  /** Answers with the image and the bias, and lets the drawn time pass. */
  private final class Made implements Engine {
    @Override
    public String name() {
      return "onnxruntime";
    }

    @Override
    public Availability probe() {
      return engine
          ? new Availability.Ready("1.0")
          : new Availability.Missing("its library is not there", "install it");
    }

    @Override
    public Session open(Network network, int height, int width, EngineOptions options) {
      happen();
      String name = network.name();
      float bias = biases.getOrDefault(name, 0f) + numerics.getOrDefault(name, 0f);
      Random level = new Random((night + "/" + process + "/" + name).hashCode());
      Random runs = new Random((night + "/" + process + "/" + name + "/runs").hashCode());
      double usual = (20 + 5 * (name.hashCode() & 7)) * (1 + processNoise * level.nextGaussian());
      Random doubt = new Random((night + name).hashCode());
      return new Session() {
        @Override
        public String runtimeVersion() {
          return "1.0";
        }

        @Override
        public Shape inputShape() {
          return Shape.of(1, 3, height, width);
        }

        @Override
        public List<Shape> outputShapes() {
          return List.of(Shape.of(1, 3, height, width));
        }

        @Override
        public void run(FloatBuffer input, List<FloatBuffer> outputs) {
          happen();
          int plane = height * width;
          for (int i = 0; i < 3 * plane; i++) {
            outputs.get(0).put(i, input.get(i) + (i < plane ? bias : 0));
          }
          if (unstable.contains(name) && input.get(0) == firstPixel) {
            outputs.get(0).put(doubt.nextInt(plane), 1000);
          }
          double ms = usual * factors.getOrDefault(name, 1.0);
          nanos += Math.round(ms * MS * (1 + 0.002 * runs.nextGaussian()));
        }

        @Override
        public void close() {}
      };
    }
  }

  private void write() {
    Random random = new Random(7);
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] pixels = new byte[3 * SIDE * SIDE];
      byte[] labels = new byte[SIDE * SIDE];
      for (int i = 0; i < labels.length; i++) {
        int shown = (i / 9 + frame) % 3;
        labels[i] = (byte) (random.nextInt(6) == 0 ? random.nextInt(3) : shown);
        for (int c = 0; c < 3; c++) {
          pixels[3 * i + c] = (byte) ((c == shown ? 150 : 20) + random.nextInt(60));
        }
      }
      firstPixel = pixels[0] & 0xFF;
      ImageCodec.writeImage(
          folder.resolve("val/f" + frame + ".png"), RgbImage.of(SIDE, SIDE, pixels));
      ImageCodec.writeGray8(folder.resolve("valannot/f" + frame + ".png"), SIDE, SIDE, labels);
    }
    text(
        "lot.yaml",
        """
        name: lot
        root: .
        classes: [{name: ground}, {name: bush}, {name: person}]
        splits: [val]
        layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png'}]
        coding: {kind: index, void: [3]}
        """);
  }

  private void text(String file, String content) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
