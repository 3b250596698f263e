package io.drivemark.eval.runner.robust;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.runner.accuracy.AccuracyPass.Judged;
import io.drivemark.eval.runner.evidence.StateCalibrationEvidence;
import io.drivemark.eval.runner.evidence.StateEvidence;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is counted of frames in several states, and one of them as a picture. For one thread. */
final class Tally {
  private final Map<String, Map<String, ConfusionMatrix>> counts = new LinkedHashMap<>();
  private final Map<String, Map<String, Calibration>> calibrations = new LinkedHashMap<>();
  private final boolean howSure;
  private final Shots shots;

  /**
   * @param howSure whether frames come with how sure their labels are
   */
  Tally(List<FrameState> states, boolean howSure, Shots shots) {
    this.howSure = howSure;
    this.shots = shots;
    for (FrameState state : states) {
      counts.put(state.word(), new LinkedHashMap<>());
      calibrations.put(state.word(), new LinkedHashMap<>());
    }
  }

  /** Takes a frame in a state. */
  void take(StateFrames frames, Judged judged, ConfusionMatrix confusion) {
    String word = frames.state(judged.index()).word();
    String id = frames.originalId(judged.index());
    counts.get(word).put(id, confusion);
    if (howSure) {
      calibrations.get(word).put(id, judged.calibration().orElseThrow());
    }
    shots.take(
        frames.original(judged.index()), id, word, judged.sample().image(), judged.prediction());
  }

  /** The ids of the frames, in their order. */
  List<String> samples() {
    return List.copyOf(counts.values().iterator().next().keySet());
  }

  /**
   * Writes the counts and the pictures.
   *
   * @param cell its folder
   */
  List<Shot> write(Path cell, LabelSpace space) {
    StateEvidence.write(cell, space, counts);
    if (howSure) {
      StateCalibrationEvidence.write(cell, space, calibrations);
    }
    return shots.write(cell);
  }
}
