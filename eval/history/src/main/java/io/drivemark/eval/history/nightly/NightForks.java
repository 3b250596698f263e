package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.fork.ForkPlan;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.eval.runner.record.json.ForkJson;
import io.drivemark.eval.runner.store.ForkStore;
import io.drivemark.eval.runner.store.RunLock;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.timing.Fork;
import io.drivemark.eval.runner.timing.ForkRotations;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fresh processes of a night: those that time all cells again, and those that confirm. A
 * process that has ended is not run again. One that fails is a note, and the night is judged by the
 * others. For one thread.
 */
final class NightForks {
  /** Seeds of the order of blocks: those of confirmations lie apart from those of forks. */
  private static final int CONFIRMING = 1000;

  /** How long a process is waited for that a killed night has left behind. */
  private static final int ORPHAN_SECONDS = 60;

  private final NightPlan plan;
  private final Parts parts;
  private final Preflight preflight;
  private final TimeBudget budget;
  private final Tonight tonight;

  NightForks(NightPlan plan, Parts parts, Preflight preflight, TimeBudget budget, Tonight tonight) {
    this.plan = plan;
    this.parts = parts;
    this.preflight = preflight;
    this.budget = budget;
    this.tonight = tonight;
  }

  /** Times all cells again that the study has timed. */
  void further(StudyResult result) {
    List<List<String>> rotations = ForkRotations.of(result);
    if (rotations.isEmpty()) {
      return;
    }
    for (int k = 1; k <= plan.latency().forks(); k++) {
      Path fork = tonight.folder().fork(k);
      if (isTimed(fork)) {
        continue;
      }
      Optional<String> refusal = budget.forks();
      if (refusal.isPresent()) {
        note("further processes from the " + ordinal(k) + " on were not run: " + refusal.get());
        return;
      }
      run(fork, new ForkPlan(result.study(), seed(result, k), rotations), "fork " + k);
    }
  }

  /**
   * Times candidates and their mates again.
   *
   * @return whether all of it was timed
   */
  boolean confirm(StudyResult result, ConfirmPlan wanted) {
    if (Files.exists(tonight.folder().confirmed())) {
      return false;
    }
    Set<String> keys =
        Stream.concat(wanted.candidates().stream(), wanted.mates().stream())
            .map(Series::key)
            .collect(Collectors.toSet());
    List<String> folders =
        result.entries().stream()
            .filter(entry -> keys.contains(SeriesKey.of(entry).digest()))
            .map(Entry::folder)
            .filter(folder -> !folder.isEmpty())
            .toList();
    List<List<String>> rotations = ForkRotations.among(result, folders);
    if (rotations.isEmpty()) {
      return false;
    }
    NightFolder folder = tonight.folder();
    Duration pause = pause(result);
    boolean begun = Files.exists(folder.confirming());
    Optional<String> refusal = begun ? Optional.empty() : budget.confirmation(pause);
    if (refusal.isPresent()) {
      note("candidates were not timed again: " + refusal.get());
      return false;
    }
    if (!pause.isZero()) {
      parts.sleep().accept(pause);
    }
    ruler();
    int ended = 0;
    for (int k = 1; k <= wanted.forks(); k++) {
      Path fork = folder.confirming(k);
      if (!isTimed(fork)) {
        long seed = seed(result, CONFIRMING + k);
        run(fork, new ForkPlan(result.study(), seed, rotations), "confirmation " + k);
      }
      ended += isTimed(fork) ? 1 : 0;
    }
    if (ended < wanted.forks()) {
      note(
          "candidates are not confirmed: "
              + ended
              + " of "
              + Counted.of(wanted.forks(), "process")
              + " ended well");
      return false;
    }
    DurableFiles.publish(folder.confirming(), folder.confirmed());
    return true;
  }

  /** What the machine does now, not what it did before the pause, is held against candidates. */
  private void ruler() {
    NightRecord record = tonight.record();
    if (plan.latency().ruler() && record.rulersOfConfirmation().isEmpty()) {
      RulerTimes times = parts.ruler().get();
      tonight.note(r -> r.with(times));
    }
  }

  /** What is left of the pause since the last timing. */
  private Duration pause(StudyResult result) {
    Instant last =
        tonight.folder().finished(NightFolder.FORKS).stream()
            .map(fork -> ForkJson.readTimes(fork.resolve(ForkStore.TIMES)).finished())
            .reduce(result.finished(), (a, b) -> a.isAfter(b) ? a : b);
    Duration left = plan.pause().minus(Duration.between(last, parts.now().get()));
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(plan.pause()) > 0 ? plan.pause() : left; // a clock may jump back
  }

  private void run(Path folder, ForkPlan wanted, String name) {
    Optional<String> unquiet = preflight.waited(parts.sleep(), false);
    if (unquiet.isPresent()) {
      note(name + " was not run: " + unquiet.get());
      return;
    }
    waitForOrphan(folder);
    if (isTimed(folder)) {
      return; // a process that outlived the killed night has ended meanwhile
    }
    Instant began = parts.now().get();
    Fork.prepare(folder, wanted);
    try {
      parts.children().time(folder);
    } catch (UnavailableException e) {
      note(name + " failed: " + e.getMessage());
      return;
    }
    ForkJson.readTimes(folder.resolve(ForkStore.TIMES))
        .issues()
        .forEach(issue -> note(name + ": " + issue));
    tonight.took(name, began, parts.now().get());
  }

  /** A process whose night was killed ends soon after it, or with its work. */
  private void waitForOrphan(Path folder) {
    for (int i = 0; i < ORPHAN_SECONDS && isTaken(folder); i++) {
      parts.sleep().accept(Duration.ofSeconds(1));
    }
  }

  private static boolean isTimed(Path fork) {
    return Files.exists(fork.resolve(ForkStore.TIMES));
  }

  private static boolean isTaken(Path folder) {
    try {
      RunLock.take(folder).close();
      return false;
    } catch (BadInputException e) {
      return true;
    }
  }

  private void note(String text) {
    tonight.note(record -> record.noted(text));
  }

  private static long seed(StudyResult result, int number) {
    return Study.parse("the study of the night", result.study()).seed() + number;
  }

  private static String ordinal(int number) {
    return switch (number) {
      case 1 -> "first";
      case 2 -> "second";
      case 3 -> "third";
      default -> number + "th";
    };
  }
}
