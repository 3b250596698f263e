package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what a night would do, from its plan and the times of the last night. Stateless. */
final class DryRuns {
  /** Runs, warm-up and the work around them. */
  private static final Duration RULER = Duration.ofSeconds(2);

  /** A night that is taken in, with the digests of its evidence. */
  private static final Duration TAKING_IN = Duration.ofMillis(200);

  private static final double MILLIS = 1000;

  private DryRuns() {}

  static DryRun of(
      NightPlan plan,
      NightStudy.Opened opened,
      Parts parts,
      Optional<String> unquiet,
      boolean confirm) {
    Study study = opened.study();
    List<NightFolder> nights = NightFolder.all(plan.folder());
    Optional<NightRecord> last =
        nights.stream()
            .map(night -> NightJson.read(night.record()))
            .filter(record -> record.finished().isPresent())
            .reduce((a, b) -> b);
    Optional<Tonight> killed =
        Tonight.killed(plan.folder(), NightStudy.digest(plan, study), parts.now().get());
    History.Outlook outlook = parts.histories().outlook(plan);
    List<DryRun.Step> steps = new ArrayList<>();
    if (outlook.missing() > 0) {
      steps.add(takingIn(outlook.missing(), plan));
    }
    boolean timed = study.latency().isPresent();
    if (timed && plan.latency().ruler()) {
      steps.add(new DryRun.Step("fixed work is timed", Optional.of(RULER)));
    }
    int cells = opened.plan().cells().size();
    steps.add(
        new DryRun.Step(
            "the study: "
                + cells
                + (cells == 1 ? " cell" : " cells")
                + ", accuracy anew"
                + where(plan.accuracy())
                + NightStudy.runs(study).map(r -> ", " + r + " timed runs each").orElse(""),
            seconds(last, "study")));
    for (int k = 1; timed && k <= plan.latency().forks(); k++) {
      steps.add(
          new DryRun.Step("fork " + k + " times all cells again", seconds(last, "fork " + k)));
    }
    if (timed && plan.latency().ruler()) {
      steps.add(new DryRun.Step("fixed work is timed again", Optional.of(RULER)));
    }
    steps.add(new DryRun.Step("judged against the nights before", Optional.of(Duration.ZERO)));
    if (timed && confirm) {
      steps.add(
          new DryRun.Step(
              "where something is suspected: a pause of "
                  + TimeBudget.words(plan.pause())
                  + ", then up to "
                  + Counted.of(plan.rules().forks(), "further process"),
              Optional.of(Duration.ZERO)));
    }
    return new DryRun(
        killed.map(night -> night.folder().id()),
        steps,
        unquiet,
        outlook.nights(),
        outlook.notes());
  }

  private static DryRun.Step takingIn(int count, NightPlan plan) {
    return new DryRun.Step(
        count
            + (count == 1 ? " night that lies in " : " nights that lie in ")
            + plan.folder()
            + " and "
            + plan.store()
            + " lacks "
            + (count == 1 ? "is" : "are")
            + " taken in",
        Optional.of(TAKING_IN.multipliedBy(count)));
  }

  private static String where(NightPlan.Accuracy accuracy) {
    return accuracy.changed()
        ? " where something changed or it is " + Counted.of(accuracy.every(), "night") + " old"
        : "";
  }

  private static Optional<Duration> seconds(Optional<NightRecord> last, String step) {
    return last.map(record -> record.seconds().get(step))
        .map(seconds -> Duration.ofMillis(Math.round(seconds * MILLIS)));
  }
}
