package io.drivemark.eval.runner.timing;

import io.drivemark.architectures.engine.GateForm;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.latency.AaBand;
import io.drivemark.eval.latency.Candidate;
import io.drivemark.eval.latency.CandidateLatency;
import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.latency.LatencyResult;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.latency.Timed;
import io.drivemark.eval.runner.derive.Speeds;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.evidence.Measurement;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.CuedCells;
import io.drivemark.eval.runner.plan.GatedCells;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Measures the speed of cells against each other: all their sessions are open together and take
 * turns in blocks, over the same real frames. The first cell is opened twice: its second session is
 * the A-A control. A network with gates takes part a second time with all of its units live, the
 * longest that it can take, and where it runs otherwise a third time in masked form. A network with
 * cues goes along a sequence, and so do the others of its rotation. Stateless.
 */
final class LatencyRotation {
  private static final int ID_DIGITS = 12;

  /** Stands behind the name of a cell in that of its network with all units live. */
  private static final String ALL_LIVE = " (all live)";

  /** And in that of its network in masked form. */
  private static final String MASKED = " (masked)";

  private LatencyRotation() {}

  /**
   * What was measured of one cell.
   *
   * @param runs every timed run
   * @param speed the numbers of the record, without those of single frames
   * @param form how the engine runs its gates, if it has any
   */
  record Measured(Measurement runs, Speed speed, String form) {}

  /**
   * What a rotation gave.
   *
   * @param measured by the names of the cells, in their order
   * @param failures why the others have no times, by their names
   */
  record Outcome(Map<String, Measured> measured, Map<String, RuntimeException> failures) {}

  /**
   * Measures. A cell that cannot be opened or fails while it runs is left out; the others go on.
   *
   * @param cells of one dataset, by the name of their folder; the first is the rotation's reference
   * @throws BadInputException if the reference cannot be used
   * @throws UnavailableException if the reference cannot be opened twice or fails
   */
  static Outcome measure(
      Map<String, Cell> cells,
      LatencyProtocol protocol,
      String fingerprint,
      NanoClock clock,
      Progress progress) {
    Cell reference = cells.values().iterator().next();
    FrameCache frames = reference.frames();
    Footage footage = Footage.of(cells.values());
    OptionalDouble decodeMs = decodeMs(frames, clock);
    Map<String, RuntimeException> failures = new LinkedHashMap<>();
    Map<String, String> forms = new LinkedHashMap<>();
    try (Closer open = new Closer()) {
      List<Candidate> candidates = new ArrayList<>();
      for (Map.Entry<String, Cell> e : cells.entrySet()) {
        try {
          Cell cell = e.getValue();
          if (cell.cues().isPresent()) {
            candidates.add(new Candidate(e.getKey(), along(cell, footage, clock, open)));
            forms.put(e.getKey(), GateForm.MASKED.word());
            continue;
          }
          InferencePipeline pipeline = open.add(cell.open());
          List<Candidate> ofCell = new ArrayList<>();
          ofCell.add(new Candidate(e.getKey(), new OneFrame(pipeline, cell, footage, clock)));
          for (Map.Entry<String, Cell> also : beside(cell, pipeline).entrySet()) {
            Timed timed = new OneFrame(open.add(also.getValue().open()), cell, footage, clock);
            ofCell.add(new Candidate(e.getKey() + also.getKey(), timed));
          }
          candidates.addAll(ofCell);
          forms.put(e.getKey(), form(pipeline));
        } catch (BadInputException | UnavailableException failure) {
          if (e.getValue() == reference) {
            throw failure;
          }
          failures.put(e.getKey(), failure);
        }
      }
      Timed again =
          reference.cues().isPresent()
              ? along(reference, footage, clock, open)
              : new OneFrame(open.add(reference.open()), reference, footage, clock);
      OptionalDouble before = Machine.load();
      LatencyResult result = protocol.measure(candidates, again, clock, progress);
      OptionalDouble after = Machine.load();
      String first = reference.title();
      Speed.Control control = control(first, result.endToEndBand());
      List<String> ids = footage.names();
      Speed.Rotation rotation = rotation(reference, ids, result);
      Map<String, Measured> out = new LinkedHashMap<>();
      for (Map.Entry<String, Cell> e : cells.entrySet()) {
        String name = e.getKey();
        Optional<CandidateLatency> found = found(result, name);
        Optional<CandidateLatency> allLive = found(result, name + ALL_LIVE);
        Optional<CandidateLatency> masked = found(result, name + MASKED);
        Optional<RuntimeException> failure =
            Stream.of(name, name + ALL_LIVE, name + MASKED)
                .flatMap(n -> Optional.ofNullable(result.failures().get(n)).stream())
                .findFirst();
        if (found.isEmpty() || failure.isPresent()) {
          failure.ifPresent(f -> failures.putIfAbsent(name, f));
          continue;
        }
        CandidateLatency c = found.get();
        Measurement runs =
            new Measurement(c, allLive, masked, ids, e.getValue().cues().isPresent());
        Speed speed =
            new Speed(
                latency(c.endToEnd(), runs),
                latency(c.engine(), runs),
                decodeMs,
                Optional.of(control),
                Optional.of(rotation),
                Speeds.millis(c.endToEnd()),
                Speeds.millis(c.engine()),
                fingerprint,
                before,
                after,
                List.of(),
                Optional.empty());
        out.put(name, new Measured(runs, speed, forms.get(name)));
      }
      return new Outcome(out, failures);
    }
  }

  private static Timed along(Cell cell, Footage footage, NanoClock clock, Closer open) {
    return new SequenceTimed(open.add(CuedCells.open(cell, clock)), footage, clock);
  }

  private static Speed.Latency latency(LatencySamples samples, Measurement runs) {
    return runs.byPicture() ? Speeds.byPicture(samples, runs.frames()) : Speeds.summary(samples);
  }

  /** What takes turns with a gated network besides, by what stands behind its name. */
  private static Map<String, Cell> beside(Cell cell, InferencePipeline pipeline) {
    Map<String, Cell> out = new LinkedHashMap<>();
    GatedCells.allLive(cell).ifPresent(all -> out.put(ALL_LIVE, all));
    boolean masked = form(pipeline).equals(GateForm.MASKED.word());
    if (!masked && !out.isEmpty()) {
      out.put(MASKED, GatedCells.masked(cell));
    }
    return out;
  }

  private static String form(InferencePipeline pipeline) {
    return pipeline.gates().map(run -> run.form().word()).orElse(GateForm.MASKED.word());
  }

  private static Optional<CandidateLatency> found(LatencyResult result, String name) {
    return result.candidates().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  private static Speed.Control control(String model, AaBand band) {
    return new Speed.Control(
        model,
        1 + band.relativeMean(),
        1 - band.halfWidth(),
        1 + band.halfWidth(),
        Speed.ControlKind.SECOND_SESSION);
  }

  /** Two rotations never have the same times of their reference: these name the rotation. */
  private static Speed.Rotation rotation(Cell reference, List<String> ids, LatencyResult result) {
    CandidateLatency first = result.candidates().get(0);
    Measurement runs =
        new Measurement(
            first, Optional.empty(), Optional.empty(), ids, reference.cues().isPresent());
    String times = Arrays.toString(first.endToEnd().allNanos());
    return new Speed.Rotation(
        Digests.of(times + result.candidates().stream().map(CandidateLatency::name).toList())
            .substring(0, ID_DIGITS),
        result.candidates().size(),
        reference.title(),
        Optional.of(Cell.key(reference.spec())),
        latency(first.endToEnd(), runs).mean(),
        latency(first.engine(), runs).mean());
  }

  /** The mean time to read and decode a photograph; empty where frames lie in no files. */
  private static OptionalDouble decodeMs(FrameCache frames, NanoClock clock) {
    long nanos = 0;
    int count = 0;
    for (int i = 0; i < Math.min(LatencySpec.FRAMES, frames.count()); i++) {
      Optional<Path> file = frames.dataset().frame(i).imageFile();
      if (file.isPresent()) {
        try {
          ImageCodec.readImage(file.get()); // the first time the disk may have to turn
          long before = clock.nanos();
          ImageCodec.readImage(file.get());
          nanos += clock.nanos() - before;
          count++;
        } catch (BadInputException e) {
          continue; // the accuracy pass has named it
        }
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(nanos / 1e6 / count);
  }

  /** One inference after another, over the frames in turn. */
  private static final class OneFrame implements Timed {
    private final InferencePipeline pipeline;
    private final int threads;
    private final Footage footage;
    private final List<Optional<CameraPair>> cameras;
    private final NanoClock clock;
    private final FloatBuffer input;
    private final List<FloatBuffer> outputs;
    private final long[] nanos = new long[3];
    private int last = -1;

    OneFrame(InferencePipeline pipeline, Cell cell, Footage footage, NanoClock clock) {
      this.pipeline = pipeline;
      this.threads = cell.options().threads();
      this.footage = footage;
      this.cameras = footage.shots().stream().map(s -> cameras(pipeline, cell, s)).toList();
      this.clock = clock;
      this.input = pipeline.newInput();
      this.outputs = pipeline.newOutputs();
    }

    private static Optional<CameraPair> cameras(
        InferencePipeline pipeline, Cell cell, Footage.Shot shot) {
      return pipeline.needsCameras()
          ? cell.dataset().frame(shot.frame()).cameras()
          : Optional.empty();
    }

    @Override
    public OptionalInt frame() {
      return OptionalInt.of(last);
    }

    @Override
    public void restart() {
      last = -1;
    }

    @Override
    public long[] run() {
      last = (last + 1) % footage.shots().size();
      RgbImage image = footage.shots().get(last).image();
      long start = clock.nanos();
      pipeline.preprocess(image, input);
      long prepared = clock.nanos();
      pipeline.infer(input, outputs);
      long inferred = clock.nanos();
      pipeline.decode(outputs, image.height(), image.width(), cameras.get(last), threads);
      nanos[0] = prepared - start;
      nanos[1] = inferred - prepared;
      nanos[2] = clock.nanos() - inferred;
      return nanos;
    }
  }
}
