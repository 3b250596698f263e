package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.head.DisparityHead;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Dataset;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.runner.inference.StoredDepth;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.util.Locale;
import java.util.Optional;

/** What results of distances depend on besides the frames. Stateless. */
final class DepthFacts {
  private DepthFacts() {}

  /** Digest of the cameras of all frames; empty for a model whose answers need none. */
  static Optional<String> cameras(Model model, Dataset dataset) {
    if (model.spec().heads().stream().noneMatch(h -> h.kind() instanceof DisparityHead)) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < dataset.ids().size(); i++) {
      Optional<CameraPair> pair = dataset.frame(i).cameras();
      text.append(pair.map(c -> c.focalPixels() + " " + c.baselineMetres()).orElse("unknown"));
      text.append('\n');
    }
    return Optional.of(Digests.of(text.toString()));
  }

  /** Digest of how distances are judged: what two models must have in common to be compared. */
  static String digest(DepthRule rule) {
    return Digests.of(
        String.format(
            Locale.ROOT,
            "depth/1\nleast=%s\nmost=%s\ncrop=%s\nsteps=%d\n",
            rule.leastMetres(),
            rule.mostMetres(),
            rule.crop(),
            StoredDepth.STEPS));
  }

  /**
   * Insists that a model gives distances, one head of them, and has nothing beside them that nobody
   * would count.
   */
  static void requireDistancesAlone(Model model) {
    long distances = model.spec().heads().stream().filter(h -> h.kind().task().isPresent()).count();
    boolean gates = model.spec().heads().stream().anyMatch(h -> h.kind() instanceof GatesHead);
    if (distances != 1 || gates) {
      throw new BadInputException(
          "model "
              + model.spec().name()
              + (gates
                  ? " answers depth and has a head of gates, and gates are counted beside labels alone"
                  : " has " + distances + " heads of depth, and one alone can be judged")
              + "; leave a head out of its model file");
    }
  }
}
