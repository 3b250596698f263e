package io.drivemark.eval.runner.reach;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.latency.StandInImage;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.variant.RandomVariants;
import io.drivemark.architectures.variant.RandomVariants.Kind;
import io.drivemark.architectures.variant.Recalibration;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.json.ReachFile;
import io.drivemark.eval.runner.record.reach.Reach;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times random variants of a network against it. Every point is kept at once; the same call goes on
 * where a killed one was. Not thread-safe.
 */
public final class ReachRun {
  /** Variants of each technique where nothing is said. */
  public static final int VARIANTS = 100;

  /** Timed runs a turn where nothing is said. */
  public static final int RUNS = 3;

  /** After so many variants the parent is timed against itself. */
  public static final int CONTROL_EVERY = 10;

  /** Runs of each of the two before their first turn. */
  public static final int WARM_UP = 3;

  /** An even number: who goes first alternates, for the second of two is a little slower. */
  public static final int TURNS = 4;

  /** Runs after a switch that do not count. */
  public static final int UNTIMED = 1;

  private static final int NOISE_IMAGES = 4;

  private final Model model;
  private final FrameSize size;
  private final Engine engine;
  private final EngineOptions options;
  private final int runs;
  private final NanoClock clock;
  private final List<String> issues = new ArrayList<>();
  private final List<float[]> noise; // images [3, H, W] that normalisation is measured on

  /**
   * How random variants are measured.
   *
   * @param variants of each kind
   * @param runs timed runs a turn, of four turns
   * @param seed of the variants
   */
  public record Settings(int variants, int runs, long seed) {
    public Settings {
      if (variants < 1 || runs < 1) {
        throw new IllegalArgumentException(
            "variants " + variants + ", runs " + runs + ": expected at least 1");
      }
    }
  }

  /**
   * What a run gave.
   *
   * @param reach all points, old and new
   * @param issues one a variant that could not be timed: why
   */
  public record Outcome(Reach reach, List<String> issues) {
    public Outcome {
      issues = List.copyOf(issues);
    }
  }

  private ReachRun(
      Model model,
      FrameSize size,
      Engine engine,
      EngineOptions options,
      int runs,
      NanoClock clock) {
    this.model = model;
    this.size = size;
    this.engine = engine;
    this.options = options;
    this.runs = runs;
    this.clock = clock;
    this.noise = StandInImage.images(NOISE_IMAGES, 3 * size.height() * size.width());
  }

  /**
   * Measures what is still missing.
   *
   * @param out the study's output folder; the points go into {@code OUT/reach}
   * @return all points, old and new, and the variants on which the engine failed
   * @throws BadInputException if the model cannot take the size, or the file there was measured
   *     under other conditions
   * @throws EngineFailure if the engine fails on the parent
   * @throws UnavailableException if the engine cannot run here or nothing can be written
   */
  public static Outcome run(
      Model model,
      FrameSize size,
      Engine engine,
      EngineOptions options,
      Settings settings,
      Path out,
      NanoClock clock,
      Progress progress) {
    model.requireLabelsAlone("reach");
    if (!(engine.probe() instanceof Availability.Ready ready)) {
      Availability.Missing missing = (Availability.Missing) engine.probe();
      throw new UnavailableException(
          "engine "
              + engine.name()
              + " cannot run here: "
              + missing.reason()
              + "; "
              + missing.remedy());
    }
    Reach.Conditions conditions =
        new Reach.Conditions(
            model.spec().name(),
            Models.digest(model),
            new EngineFacts(engine.name(), Optional.of(ready.version()), options.threads(), "fp32"),
            size,
            settings.seed(),
            Machine.environment(Map.of(engine.name(), ready.version())).fingerprint());
    Path file = ReachFile.file(out, conditions);
    Reach stored = ReachFile.read(file).orElse(new Reach(conditions, List.of()));
    if (!stored.conditions().equals(conditions)) {
      throw new BadInputException(
          file
              + ": these variants were measured under other conditions ("
              + stored.conditions()
              + "), now they are "
              + conditions
              + "; choose another --out or remove the file");
    }
    ReachFile.write(file, stored);
    ReachRun run = new ReachRun(model, size, engine, options, settings.runs(), clock);
    Reach reach = new Reach(conditions, run.measure(stored.points(), settings, file, progress));
    return new Outcome(reach, run.issues);
  }

  private List<Reach.Point> measure(
      List<Reach.Point> stored, Settings settings, Path file, Progress progress) {
    List<Reach.Point> points = new ArrayList<>(stored);
    RandomVariants random =
        new RandomVariants(model.network(), size.height(), size.width(), settings.seed());
    Network parent = normalised(model.network());
    progress.begin("reach of " + model.spec().name(), 2L * settings.variants());
    try (Session session = open(parent)) {
      Timer whole = new Timer(session);
      whole.warm(1); // what fails on the parent ends the run here
      for (int number = 0; number < settings.variants(); number++) {
        if (number % CONTROL_EVERY == 0) {
          point(Reach.PARENT, number, parent, whole, points, file);
        }
        for (Kind kind : Kind.values()) {
          if (random.has(kind) && isMissing(points, kind.key(), number)) {
            Network variant = normalised(random.get(kind, number));
            try {
              point(kind.key(), number, variant, whole, points, file);
            } catch (EngineFailure e) {
              issues.add(kind.key() + " " + number + " not timed: " + e.getMessage());
            }
          }
          progress.step(2L * number + kind.ordinal() + 1, kind.key() + " " + number);
        }
      }
    }
    progress.end();
    return points;
  }

  /**
   * A network whose normalisation fits the noise it is timed on, so that values behind it lie on
   * both sides of zero, as those of a trained network do: how predictably activations branch
   * changes what they cost.
   */
  private Network normalised(Network network) {
    return Recalibration.of(
        network,
        Shape.of(1, 3, size.height(), size.width()),
        noise,
        options.threads(),
        Progress.NONE);
  }

  private static boolean isMissing(List<Reach.Point> points, String kind, int number) {
    return points.stream().noneMatch(p -> p.kind().equals(kind) && p.number() == number);
  }

  private void point(
      String kind, int number, Network variant, Timer parent, List<Reach.Point> points, Path file) {
    if (!isMissing(points, kind, number)) {
      return;
    }
    Cost before = Cost.of(model.network(), size.height(), size.width());
    Cost after = Cost.of(variant, size.height(), size.width());
    try (Session session = open(variant)) {
      Timer timer = new Timer(session);
      timer.warm(WARM_UP);
      List<Long> whole = new ArrayList<>();
      List<Long> part = new ArrayList<>();
      for (int turn = 0; turn < TURNS; turn++) {
        turn(turn % 2 == 0 ? parent : timer, turn % 2 == 0 ? whole : part);
        turn(turn % 2 == 0 ? timer : parent, turn % 2 == 0 ? part : whole);
      }
      Reach.Point point =
          new Reach.Point(
              kind,
              number,
              (double) after.macs() / before.macs(),
              (double) after.parameters() / before.parameters(),
              median(part) / median(whole),
              median(whole) / 1e6);
      points.add(point);
      ReachFile.append(file, point);
    }
  }

  private Session open(Network network) {
    return EngineFailure.opening(
        engine.name(),
        network.name(),
        size.height(),
        size.width(),
        () -> engine.open(network, size.height(), size.width(), options));
  }

  private void turn(Timer timer, List<Long> nanos) {
    timer.warm(UNTIMED);
    timer.timed(runs, nanos);
  }

  private static double median(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2.0;
  }

  /** A session with its buffers. */
  private final class Timer {
    private final Session session;
    private final FloatBuffer input;
    private final List<FloatBuffer> outputs;

    Timer(Session session) {
      this.session = session;
      this.input = Session.buffer(session.inputShape());
      StandInImage.fill(input);
      this.outputs = session.outputShapes().stream().map(Session::buffer).toList();
    }

    private void run() {
      EngineFailure.running(
          engine.name(),
          model.network().name(),
          session.inputShape(),
          () -> {
            session.run(input, outputs);
            return null;
          });
    }

    /** Runs some times, what they take does not matter. */
    void warm(int times) {
      for (int i = 0; i < times; i++) {
        run();
      }
    }

    /** Runs some times and adds what each took, nanoseconds. */
    void timed(int times, List<Long> nanos) {
      for (int i = 0; i < times; i++) {
        long start = clock.nanos();
        run();
        nanos.add(clock.nanos() - start);
      }
    }
  }
}
