package io.drivemark.reports.night;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightPlan;

/** The views of a verdict that a night can be asked for. Stateless. */
public final class VerdictFormats {
  private VerdictFormats() {}

  /** The file's name of a view, in the night's folder. */
  public static String file(NightPlan.Format format) {
    return switch (format) {
      case MARKDOWN -> "verdict.md";
      case JUNIT -> "verdict.junit.xml";
      case GITHUB -> "github.txt";
      case SARIF -> "verdict.sarif";
    };
  }

  /** The text of a view, ending in a line feed. */
  public static String text(NightPlan.Format format, Verdict verdict) {
    return switch (format) {
      case MARKDOWN -> VerdictMarkdown.text(verdict);
      case JUNIT -> VerdictJunit.text(verdict);
      case GITHUB -> GithubAnnotations.text(verdict);
      case SARIF -> VerdictSarif.text(verdict);
    };
  }
}
