package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.eval.runner.store.RunLock;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

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
    Study study = runnable();
    String digest = NightStudy.digest(plan, study);
    try (Closer open = new Closer()) {
      open.add(lock());
      preflight.requireRoom(plan.folder());
      History history = open.add(parts.histories().open(plan)); // before hours are spent
      Tonight tonight =
          Tonight.killed(plan.folder(), digest, now())
              .orElseGet(() -> Tonight.begin(plan.folder(), digest, now()));
      return run(study, tonight, history);
    }
  }

  /** A study that cannot be run leaves no night. */
  private Study runnable() {
    Study study = NightStudy.read(plan);
    NightStudy.requireRunnable(study, parts.sources());
    return study;
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

  private Outcome run(Study study, Tonight tonight, History history) {
    NightFolder folder = tonight.folder();
    TimeBudget budget = new TimeBudget(plan.budget(), tonight.record().started(), parts.now());
    look(study, tonight);
    ruler(tonight, 0);
    StudyResult result = study(study, tonight, budget);
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

  private StudyResult study(Study study, Tonight tonight, TimeBudget budget) {
    NightFolder folder = tonight.folder();
    if (Files.exists(folder.results())) {
      return RunStore.read(folder.path());
    }
    Instant began = parts.now().get();
    boolean timed = tonight.record().unquiet().isEmpty();
    Study wanted = timed ? study : study.withLatency(Optional.empty());
    StudyResult result =
        new Runner(wanted, folder.path(), parts.progress(), parts.sources(), budget, parts.now())
            .run();
    tonight.took("study", began, parts.now().get());
    return result;
  }

  /** What a night would do now, without doing it. */
  public DryRun dryRun() {
    return DryRuns.of(plan, runnable(), parts, preflight.unquietAtFirst(), confirm);
  }
}
