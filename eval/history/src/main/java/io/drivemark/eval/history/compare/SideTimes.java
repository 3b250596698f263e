package io.drivemark.eval.history.compare;

import io.drivemark.eval.decide.LatencyScale;
import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.Timings;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.runner.record.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The latencies of one result: of each cell the median over the processes that timed it, each on
 * the scale of its own first rotation. Processes of one program differ by more than blocks within
 * one, so the middle one is nearer to what the network takes than any that is chosen. Immutable.
 */
final class SideTimes {
  private final List<OneProcess> processes;

  SideTimes(Read read) {
    processes = read.processes().stream().map(OneProcess::new).toList();
  }

  /** What one process timed. */
  private static final class OneProcess {
    private final Map<SeriesKey, Timing> timings = new HashMap<>();
    private final Map<SeriesKey, List<Double>> runs = new HashMap<>();
    private final LatencyScale scale;

    OneProcess(List<Entry> entries) {
      List<Optional<Timing>> all = Timings.of(entries);
      for (int i = 0; i < entries.size(); i++) {
        if (all.get(i).isPresent()) {
          SeriesKey series = SeriesKey.of(entries.get(i));
          timings.put(series, all.get(i).get());
          runs.put(series, entries.get(i).speed().orElseThrow().endToEndSamplesMs());
        }
      }
      scale = LatencyScale.of(all.stream().flatMap(Optional::stream).toList());
    }

    OptionalDouble mean(SeriesKey series) {
      Timing timing = timings.get(series);
      return timing == null ? OptionalDouble.empty() : scale.endToEndMs(timing);
    }

    /** A-A band as a logarithm; of a rotation that is not the scale's both bands are added. */
    OptionalDouble band(SeriesKey series) {
      Timing timing = timings.get(series);
      return timing != null && mean(series).isPresent() && timing.band().isPresent()
          ? OptionalDouble.of(Math.log1p(LatencyScale.band(scale.base().orElseThrow(), timing)))
          : OptionalDouble.empty();
    }
  }

  /** Mean milliseconds end to end; empty where no process has it on its scale. */
  OptionalDouble mean(SeriesKey series) {
    return median(process -> process.mean(series));
  }

  /** The A-A band as a logarithm; empty where no control was measured. */
  OptionalDouble band(SeriesKey series) {
    return median(process -> process.band(series));
  }

  /** How many processes a mean is of. */
  int processes(SeriesKey series) {
    return (int) processes.stream().filter(process -> process.mean(series).isPresent()).count();
  }

  /** All runs, process by process. */
  List<List<Double>> runs(SeriesKey series) {
    List<List<Double>> out = new ArrayList<>();
    for (OneProcess process : processes) {
      if (process.runs.containsKey(series)) {
        out.add(process.runs.get(series));
      }
    }
    return out;
  }

  private OptionalDouble median(Function<OneProcess, OptionalDouble> of) {
    double[] found = processes.stream().flatMapToDouble(p -> of.apply(p).stream()).toArray();
    return found.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(found));
  }

  /** Of an even number of values the mean of the two in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
