package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.eval.runner.store.EarlierCells;
import io.drivemark.eval.runner.store.RunLock;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a night: looks at the machine, runs the study with its accuracy anew, times it again in
 * fresh processes, times fixed work before and after, takes it into the history, judges it, times
 * again what is suspected, writes the verdict and tells people. What is done is kept at once, so
 * the same command after a kill goes on with the same night and ends with the same verdict but for
 * times. For one thread.
 */
public final class Nightly {
  private final NightPlan plan;
  private final boolean confirm;
  private final Parts parts;
  private final Preflight preflight;

  /**
   * @param confirm whether candidates are timed again
   */
  public Nightly(NightPlan plan, boolean confirm, Parts parts) {
    this.plan = plan;
    this.confirm = confirm;
    this.parts = parts;
    this.preflight = new Preflight(plan.latency().quiet(), parts.machine());
  }

  /**
   * Runs the night, or goes on with the one that was killed.
   *
   * @throws BadInputException if the night's file or its study names what cannot be used
   * @throws UnavailableException if another night is running, the store cannot be reached, or there
   *     is no room
   */
  public Outcome run() {
    NightStudy.Opened opened = NightStudy.open(plan, parts.sources()); // else there is no night
    String digest = NightStudy.digest(plan, opened.study());
    try (Closer open = new Closer()) {
      open.add(lock());
      preflight.requireRoom(plan.folder());
      History history = open.add(parts.histories().open(plan)); // before hours are spent
      History.Before before = history.catchUp(plan, parts.progress());
      Tonight tonight =
          Tonight.killed(plan.folder(), digest, now())
              .orElseGet(() -> Tonight.begin(plan.folder(), digest, now(), before.latest()));
      before.notes().forEach(note -> tonight.note(record -> record.noted(note)));
      return run(opened, tonight, history, before.excluded());
    }
  }

  private Instant now() {
    return parts.now().get().truncatedTo(ChronoUnit.SECONDS);
  }

  private RunLock lock() {
    try {
      return RunLock.take(plan.folder());
    } catch (BadInputException e) {
      throw new UnavailableException(
          plan.folder() + ": another night is running there; wait for it, or end it", e);
    }
  }

  private Outcome run(
      NightStudy.Opened opened, Tonight tonight, History history, Set<String> excluded) {
    Study study = opened.study();
    NightFolder folder = tonight.folder();
    TimeBudget budget = new TimeBudget(plan.budget(), tonight.record().started(), parts.now());
    look(study, tonight);
    ruler(tonight, 0);
    EarlierCells earlier = EarlierNights.of(plan, folder, excluded);
    StudyResult result = study(opened, tonight, budget, earlier);
    takenOver(result, tonight);
    NightForks forks = new NightForks(plan, parts, preflight, budget, tonight);
    forks.further(result);
    ruler(tonight, 1);
    history.add(folder);
    Verdict verdict = history.judge(folder, plan);
    if (confirm && verdict.confirm().isPresent()) {
      if (forks.confirm(result, verdict.confirm().get())) {
        history.add(folder);
        verdict = history.judge(folder, plan);
      }
    }
    history.keep(folder, verdict);
    parts.views().write(folder, verdict, plan.write());
    Notices.send(plan.notices(), verdict, folder, parts.messenger())
        .forEach(problem -> tonight.note(record -> record.noted(problem)));
    if (plan.keep().removesSomething()) {
      history.prune(plan);
    }
    tonight.note(record -> record.finished(now()));
    return new Outcome(
        folder,
        verdict,
        NightStudy.findings(study, result, true),
        NightStudy.findings(study, result, false),
        tonight.record().notes());
  }

  /** Whether the machine is fit for timing is decided once a night. */
  private void look(Study study, Tonight tonight) {
    if (tonight.record().looked()) {
      return;
    }
    Optional<String> unquiet =
        study.latency().isPresent() ? preflight.waited(parts.sleep(), true) : Optional.empty();
    tonight.note(record -> record.looked(unquiet));
  }

  private void ruler(Tonight tonight, int which) {
    NightRecord record = tonight.record();
    boolean wanted = plan.latency().ruler() && record.unquiet().isEmpty();
    if (wanted && record.rulers().size() == which) {
      RulerTimes times = parts.ruler().get();
      tonight.note(r -> r.with(times));
    }
  }

  private StudyResult study(
      NightStudy.Opened opened, Tonight tonight, TimeBudget budget, EarlierCells earlier) {
    NightFolder folder = tonight.folder();
    if (Files.exists(folder.results())) {
      return RunStore.read(folder.path());
    }
    Instant began = parts.now().get();
    boolean timed = tonight.record().unquiet().isEmpty();
    Study study = opened.study();
    Study wanted = timed ? study : study.withLatency(Optional.empty());
    StudyResult result =
        new Runner(wanted, folder.path(), parts.progress(), parts.sources(), budget, parts.now())
            .takingOver(earlier)
            .run(opened.plan());
    tonight.took("study", began, parts.now().get());
    return result;
  }

  /** What was not measured anew is said as such. */
  private static void takenOver(StudyResult result, Tonight tonight) {
    Map<String, String> taken = EarlierNights.taken(tonight.folder(), result);
    if (!taken.isEmpty()) {
      String words = EarlierNights.words(taken, result.entries().size());
      tonight.note(record -> record.noted(words));
    }
  }

  /** What a night would do now, without doing it. */
  public DryRun dryRun() {
    NightStudy.Opened opened = NightStudy.open(plan, parts.sources());
    return DryRuns.of(plan, opened, parts, preflight.unquietAtFirst(), confirm);
  }
}
