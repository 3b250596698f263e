package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.ForkStore;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.files.Digests;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A history that judges nothing: its sentence is the digest of all that a night has measured, so
 * two verdicts are equal where all of that is. Each night's first series is to be confirmed.
 */
final class MarkHistory implements History {
  final List<String> calls = new ArrayList<>();
  private final Runnable happen;

  MarkHistory(Runnable happen) {
    this.happen = happen;
  }

  /** Opens this one, and counts all nights that lie there. */
  Opener opener() {
    return new Opener() {
      @Override
      public History open(NightPlan plan) {
        return MarkHistory.this;
      }

      @Override
      public Outlook outlook(NightPlan plan) {
        return new Outlook(NightFolder.all(plan.folder()).size(), 0, List.of());
      }
    };
  }

  /** One that cannot be reached. */
  static Opener unreachable(String message) {
    return new Opener() {
      @Override
      public History open(NightPlan plan) {
        throw new UnavailableException(message);
      }

      @Override
      public Outlook outlook(NightPlan plan) {
        throw new UnavailableException(message);
      }
    };
  }

  @Override
  public Before catchUp(NightPlan plan, Progress progress) {
    return new Before(List.of(), Set.of(), OptionalLong.empty());
  }

  @Override
  public void add(NightFolder night) {
    happen.run();
    calls.add("add");
  }

  @Override
  public Verdict judge(NightFolder night, NightPlan plan) {
    happen.run();
    StudyResult study = RunStore.read(night.path());
    NightRecord record = NightJson.read(night.record());
    StringBuilder all = new StringBuilder();
    measured(all, study);
    for (Path fork : night.finished(NightFolder.FORKS)) {
      measured(all, ForkStore.read(fork, study));
    }
    List<Path> again = night.finished(NightFolder.CONFIRM);
    for (Path fork : again) {
      measured(all, ForkStore.read(fork, study));
    }
    all.append(record.rulers()).append(record.unquiet()).append(again.size());
    calls.add("judge " + again.size());
    Entry first = study.entries().get(0);
    SeriesKey key = SeriesKey.of(first);
    Series series = new Series(key.digest(), key.label(), key.model(), "lot/val", key.engine());
    boolean timed = first.speed().isPresent();
    return new Verdict(
        new Night.Ref(night.id(), 1, record.started()),
        "machine",
        Verdict.State.FINE,
        Digests.of(all.toString()),
        new Verdict.Coverage(1, 0, 0, 0.9),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        timed && again.isEmpty()
            ? Optional.of(new ConfirmPlan(List.of(series), List.of(), plan.rules().forks()))
            : Optional.empty());
  }

  private static void measured(StringBuilder all, StudyResult result) {
    for (Entry entry : result.entries()) {
      all.append(entry.model().name())
          .append(entry.accuracy())
          .append(entry.issues())
          .append(entry.speed().map(speed -> speed.endToEndSamplesMs().toString()))
          .append('\n');
    }
  }

  @Override
  public void keep(NightFolder night, Verdict verdict) {
    happen.run();
    calls.add("keep");
  }

  @Override
  public void prune(NightPlan plan) {
    calls.add("prune");
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
