package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.eval.gauge.standard.CalibrationGauge;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.inference.LabelTarget;
import io.drivemark.eval.runner.inference.cue.CuedPipeline;
import io.drivemark.eval.runner.plan.cue.CellCues;
import io.drivemark.eval.runner.plan.cue.CellCues.Further;
import io.drivemark.eval.runner.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is particular of cells with cues around their networks. Stateless. */
public final class CuedCells {
  private CuedCells() {}

  /**
   * Opens the network of a cell with its cues around it.
   *
   * @param cell one with cues
   * @param clock times preparation and engines
   * @throws io.drivemark.problem.BadInputException if the engine cannot run a network, or a cue
   *     does not fit what is inside of it
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  public static CuedPipeline open(Cell cell, NanoClock clock) {
    CellCues cues = cell.cues().orElseThrow();
    ModelSpec spec = cell.model().spec();
    return CuedPipeline.open(
        spec.variant().parent().orElse(spec.name()),
        cell.open(),
        cues.ready(),
        name -> open(cell, cues.further().get(name)),
        cell.options().threads(),
        clock);
  }

  private static InferencePipeline open(Cell cell, Further network) {
    return InferencePipeline.open(
        network.model(),
        cell.engine(),
        cell.options(),
        network.input(),
        Optional.of(new LabelTarget(network.mapping(), cell.dataset().labels(), cell.grid())));
  }

  /**
   * What the networks of any cell answer on a fixed frame of made-up pixels.
   *
   * @throws io.drivemark.problem.BadInputException if the engine cannot run one
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  public static String canary(Cell cell) {
    if (cell.cues().isPresent()) {
      try (CuedPipeline cued = open(cell, NanoClock.SYSTEM)) {
        return cued.canary();
      }
    }
    try (InferencePipeline pipeline = cell.open()) {
      return pipeline.canary();
    }
  }

  /** How many networks a cell runs besides its own. */
  public static int furtherNetworks(Cell cell) {
    return cell.cues().map(cues -> cues.further().size()).orElse(0);
  }

  /** What a study asks of its networks and cells with cues are not asked, a sentence each. */
  public static List<String> notes(Cell cell, Study study) {
    if (cell.cues().isEmpty()) {
      return List.of();
    }
    List<String> out = new ArrayList<>(cell.cues().get().notes());
    if (cell.cues().get().driven()) {
      out.add(
          "its late answers are not judged: with cues it answers otherwise where pictures are"
              + " dropped, so that counts by delay do not say what would come of it");
    }
    if (study.robustness().isPresent() && cell.corrupted()) {
      out.add("it is not judged on corrupted frames, which stand apart, without those before them");
    }
    if (study.gauges().contains(CalibrationGauge.NAME)) {
      out.add(
          "it is not judged how sure it is: cues change labels and say of none how sure they are");
    }
    return out;
  }
}
