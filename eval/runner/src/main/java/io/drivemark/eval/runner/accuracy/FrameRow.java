package io.drivemark.eval.runner.accuracy;

import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.inference.OutputUse;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What came of one frame of a cell; no time and no machine is in it. Immutable. */
public sealed interface FrameRow {
  /** Its position in the split. */
  int index();

  /** The sample's id. */
  String sample();

  /**
   * A frame that was left out.
   *
   * @param issue why, in words
   * @param seen whether the network has seen it, and its truth is missing
   * @param problems why gauges cannot judge it
   */
  record LeftOut(int index, String sample, String issue, boolean seen, List<String> problems)
      implements FrameRow {
    public LeftOut {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A frame whose labels were judged.
   *
   * @param counts by gauge; those that counted nothing are missing
   * @param problems why gauges cannot judge it
   * @param print of its labels
   * @param use what the outputs of its pixels were used for
   * @param macs what a gated network computed for it; absent for others
   */
  record Labels(
      int index,
      String sample,
      Map<String, Counts> counts,
      List<String> problems,
      Print print,
      OutputUse use,
      OptionalLong macs)
      implements FrameRow {
    public Labels {
      counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
      problems = List.copyOf(problems);
    }
  }

  /**
   * A frame whose distances were judged.
   *
   * @param scores its errors; absent where no pixel is judged
   * @param print of its distances
   */
  record Distances(int index, String sample, Optional<DepthScores> scores, Print print)
      implements FrameRow {}
}
