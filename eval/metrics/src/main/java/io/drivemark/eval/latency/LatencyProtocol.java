package io.drivemark.eval.latency;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How latencies are measured: single stream, batch 1; each candidate is warmed up until steady and
 * begins anew with its first frame, so that the same frames are timed each time; then all are timed
 * in interleaved blocks, together with an A-A control: what the first candidate is, prepared a
 * second time. After each switch some runs are not timed. Immutable.
 *
 * @param runs timed runs a candidate
 * @param blockRuns runs in a row before the next candidate's turn
 * @param untimedRuns runs after a switch that do not count
 * @param warmUp when warm-up ends
 * @param seed of the order of blocks and of the control's interval
 */
public record LatencyProtocol(
    int runs, int blockRuns, int untimedRuns, SteadyState warmUp, long seed) {
  /** Runs in a row before the next candidate's turn, where nothing is said. */
  public static final int BLOCK_RUNS = 10;

  /** Runs after a switch that do not count, where nothing is said: caches fill again. */
  public static final int UNTIMED_RUNS = 3;

  /** What stands behind the first candidate's name in the control's. */
  public static final String CONTROL_SUFFIX = " (A-A control)";

  public LatencyProtocol {
    Objects.requireNonNull(warmUp, "warmUp");
    if (runs < 1 || blockRuns < 1 || untimedRuns < 0) {
      throw new IllegalArgumentException(
          "latency protocol: "
              + runs
              + " runs, "
              + blockRuns
              + " a block, "
              + untimedRuns
              + " untimed; at least 1, 1 and 0 are needed");
    }
  }

  /** Blocks, untimed runs and warm-up as by default. */
  public static LatencyProtocol of(int runs, long seed) {
    return new LatencyProtocol(runs, BLOCK_RUNS, UNTIMED_RUNS, SteadyState.defaults(), seed);
  }

  /**
   * Measures the candidates against each other. One that fails, by a {@link BadInputException} or
   * an {@link UnavailableException}, is left out from then on and the others go on; but without the
   * first or its control nothing can be set against anything, so their failures end it.
   *
   * @param candidates at least one, with different names
   * @param control the first candidate prepared a second time: a session of its own. Timing one
   *     session twice would show the clock's noise alone, not what differs between two sessions
   * @param progress a step is a timed run
   * @throws IllegalArgumentException if there is no candidate or two have one name
   * @throws BadInputException if the first candidate or the control throws it
   * @throws UnavailableException likewise
   */
  public LatencyResult measure(
      List<Candidate> candidates, Timed control, NanoClock clock, Progress progress) {
    requireDifferentNames(candidates);
    List<Recorder> recorders = new ArrayList<>();
    for (Candidate c : candidates) {
      recorders.add(new Recorder(c, runs));
    }
    Candidate first = candidates.get(0);
    recorders.add(new Recorder(new Candidate(first.name() + CONTROL_SUFFIX, control), runs));
    progress.begin("latency", (long) recorders.size() * runs);
    for (Recorder r : recorders) {
      progress.step(0, "warming up " + r.candidate.name());
      attempt(r, recorders, () -> r.warmUp = warmUp.warmUp(r.candidate.timed(), clock));
      r.candidate.timed().restart();
    }
    int[] order = {0};
    for (Interleaver.Block block : Interleaver.schedule(recorders.size(), runs, blockRuns, seed)) {
      Recorder r = recorders.get(block.candidate());
      if (r.failure == null) {
        attempt(r, recorders, () -> run(r, block, order));
      }
      progress.step(order[0], r.candidate.name());
    }
    progress.end();
    Map<String, RuntimeException> failures = new LinkedHashMap<>();
    List<CandidateLatency> results = new ArrayList<>();
    for (Recorder r : recorders) {
      if (r.failure == null) {
        results.add(r.latency());
      } else {
        failures.put(r.candidate.name(), r.failure);
      }
    }
    int last = results.size() - 1;
    return new LatencyResult(results.subList(0, last), results.get(last), failures, this);
  }

  private void run(Recorder r, Interleaver.Block block, int[] order) {
    for (int i = 0; i < untimedRuns; i++) {
      r.candidate.timed().run();
    }
    for (int i = 0; i < block.runs(); i++) {
      r.record(r.candidate.timed().run(), block.round(), order[0]++);
    }
  }

  private static void attempt(Recorder r, List<Recorder> all, Runnable work) {
    try {
      work.run();
    } catch (BadInputException | UnavailableException e) {
      if (r == all.get(0) || r == all.get(all.size() - 1)) {
        throw e;
      }
      r.failure = e;
    }
  }

  private static void requireDifferentNames(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("latency: there is no candidate to measure");
    }
    Set<String> names = new HashSet<>();
    for (Candidate c : candidates) {
      if (!names.add(c.name())) {
        throw new IllegalArgumentException("latency: two candidates are named " + c.name());
      }
    }
  }

  /** Collects one candidate's samples into arrays made before the first timed run. */
  private static final class Recorder {
    private final Candidate candidate;
    private final long[] sums;
    private final long[][] stages;
    private final int[] blocks;
    private final int[] orders;
    private final List<Integer> frames;
    private SteadyState.WarmUp warmUp;
    private RuntimeException failure;
    private int size;

    Recorder(Candidate candidate, int runs) {
      this.candidate = candidate;
      this.sums = new long[runs];
      this.stages = new long[candidate.timed().stages().size()][runs];
      this.blocks = new int[runs];
      this.orders = new int[runs];
      this.frames = new ArrayList<>(runs);
    }

    void record(long[] stageNanos, int block, int order) {
      if (stageNanos.length != stages.length) {
        throw new IllegalArgumentException(
            "latency: "
                + candidate.name()
                + " returned "
                + stageNanos.length
                + " stage times; "
                + stages.length
                + " are needed: "
                + candidate.timed().stages().stream()
                    .map(s -> s.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ")));
      }
      for (int s = 0; s < stageNanos.length; s++) {
        stages[s][size] = stageNanos[s];
        sums[size] += stageNanos[s];
      }
      blocks[size] = block;
      orders[size] = order;
      candidate.timed().frame().ifPresent(frames::add);
      size++;
    }

    CandidateLatency latency() {
      Map<Stage, LatencySamples> byStage = new EnumMap<>(Stage.class);
      for (int s = 0; s < stages.length; s++) {
        byStage.put(
            candidate.timed().stages().get(s), new LatencySamples(stages[s], blocks, orders));
      }
      return new CandidateLatency(
          candidate.name(), warmUp, new LatencySamples(sums, blocks, orders), byStage, frames);
    }
  }
}
