package io.drivemark.cli;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.UnavailableException;
import java.util.List;

/** Writes a night's verdict into its folder. Stateless. */
final class NightViews {
  private NightViews() {}

  /**
   * Refuses formats that this program cannot write, before a night is spent.
   *
   * @throws UnavailableException if one is asked for
   */
  static void requireKnown(NightPlan plan) {
    if (!plan.write().isEmpty()) {
      throw new UnavailableException(
          plan.source()
              + ": write: "
              + plan.write().get(0).word()
              + " is not built yet; leave it out, verdict.json is always written");
    }
  }

  /**
   * Writes {@code verdict.json}.
   *
   * @param formats views that are asked for besides
   */
  static void write(NightFolder night, Verdict verdict, List<NightPlan.Format> formats) {
    DurableFiles.write(night.verdict(), VerdictJson.write(verdict));
  }
}
