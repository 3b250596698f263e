package io.drivemark.cli;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.files.DurableFiles;
import io.drivemark.reports.Reports;
import java.util.List;

/** Writes a night's verdict into its folder. Stateless. */
final class NightViews {
  private NightViews() {}

  /**
   * Writes the views that are asked for, and {@code verdict.json} last: where it is, all is.
   *
   * @param formats of the views
   */
  static void write(NightFolder night, Verdict verdict, List<NightPlan.Format> formats) {
    Reports.writeNight(verdict, formats, night.path());
    DurableFiles.write(night.verdict(), VerdictJson.write(verdict));
  }
}
