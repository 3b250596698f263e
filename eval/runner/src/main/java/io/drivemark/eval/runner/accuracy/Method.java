package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.labelling.Grid;
import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.inference.StoredDepth;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.GatedCells;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.problem.Counted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says in words how each number of an entry is made. Immutable.
 *
 * @param latency how speed is measured, if it is
 * @param sessions how many sessions may be open together meanwhile
 */
public record Method(Optional<LatencyProtocol> latency, int sessions) {
  public Map<String, String> of(Cell cell) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put(
        "accuracy",
        cell.trained()
            ? cell.depth().map(DepthRule::description).orElse(cell.protocol().description())
            : "not measured: the weights are random, the network was not trained");
    if (cell.depth().isPresent()) {
      out.put(
          "distances",
          "the network's numbers are upsampled bilinearly (half-pixel centres) to the photograph's"
              + " grid, then turned into metres, and rounded to 1/"
              + StoredDepth.STEPS
              + " m as 16-bit files hold them, "
              + StoredDepth.farthest()
              + " m at most");
    } else {
      labels(cell, out);
    }
    out.put(
        "input",
        "frames are scaled bilinearly to " + cell.input() + " where they have another size");
    rest(cell, out);
    return out;
  }

  private static void labels(Cell cell, Map<String, String> out) {
    out.put(
        "grid",
        cell.grid() == Grid.LOGITS_BILINEAR
            ? "logits are upsampled bilinearly (half-pixel centres) to the truth's grid, then the"
                + " largest wins, the first of equals"
            : "the largest logit wins at the network's input size, the first of equals, then labels"
                + " are taken from the nearest to the truth's grid");
    out.put(
        "mapping",
        cell.mapping().isIdentity()
            ? "the model's classes are the dataset's; further outputs are void"
            : cell.mapping().name()
                + ": classes of "
                + cell.mapping().from().name()
                + " count as classes of "
                + cell.dataset().labels().name()
                + "; those without a counterpart are void");
  }

  private void rest(Cell cell, Map<String, String> out) {
    out.put(
        "confidence",
        Reliability.method()
            + "; a sequence is a cluster, one of a tenth of the frames or more is cut into blocks of "
            + Clusters.BLOCK
            + " consecutive frames");
    out.put("cost", "multiply-accumulates of convolutions and matrix products at the input size");
    if (cell.cues().isPresent()) {
      out.put(
          "cues",
          "pictures are seen one after the other, sequence by sequence, on one thread; how often"
              + " networks ran for each is kept; multiply-accumulates are those of the networks"
              + " inside, as often as they ran");
    }
    if (latency.isPresent() && cell.cues().isPresent()) {
      out.put(
          "times of pictures",
          "timed runs go along one sequence, up to "
              + LatencySpec.SEQUENCE
              + " pictures of it and again from the first; means are over pictures of the means of"
              + " their runs, percentiles and missed deadlines of all runs; the engine's time is that"
              + " of all networks that ran");
    }
    if (GatedCells.isGated(cell)) {
      out.put(
          "gates",
          "the gates of every judged frame are kept; what a frame takes is counted from them: each"
              + " convolution from its live input channels to its live filters, all that is not"
              + " gated, and the gate heads (strict), or as published, without heads (paper)");
    }
    if (cell.engine().profiler().isPresent()) {
      out.put(
          "operators",
          "where they were looked at: medians of 20 runs that the runtime watched itself, apart from"
              + " the timed ones; only their shares count");
    }
    if (latency.isPresent() && GatedCells.isGated(cell)) {
      out.put(
          "times of frames",
          "timed runs go through up to "
              + LatencySpec.GATED_FRAMES
              + " frames spread over the split; a frame's time is the median of the engine's times"
              + " of its runs; the same network with all units live takes turns with it");
    }
    latency.ifPresent(
        p ->
            out.put(
                "latency",
                "batch 1, one stream, "
                    + Counted.of(p.runs(), "timed run")
                    + " after a warm-up until steady, models in turn, at most "
                    + sessions
                    + " open together, in blocks of "
                    + p.blockRuns()
                    + " in random order, "
                    + Counted.of(p.untimedRuns(), "untimed run")
                    + " after each switch; from the decoded frame in memory to the"
                    + " label map on the truth's grid; percentiles by nearest rank; the study's"
                    + " first model is in every rotation, in two sessions (A-A control): means"
                    + " that differ by no more than those of the two sessions, with the interval of"
                    + " their ratio, are called ties"));
  }
}
