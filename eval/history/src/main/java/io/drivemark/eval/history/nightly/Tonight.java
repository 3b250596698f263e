package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** The night that runs: its folder, and its record as it grows. For one thread. */
final class Tonight {
  /** A night that was killed longer ago is over; another one begins. */
  static final Duration RESUMABLE = Duration.ofHours(20);

  private static final double MILLIS = 1000;

  private final NightFolder folder;
  private NightRecord record;

  private Tonight(NightFolder folder, NightRecord record) {
    this.folder = folder;
    this.record = record;
  }

  /**
   * The night that was killed and is to go on: the newest, if it has not ended, is of this plan and
   * began within {@link #RESUMABLE}.
   */
  static Optional<Tonight> killed(Path nights, String plan, Instant now) {
    List<NightFolder> all = NightFolder.all(nights);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    NightFolder last = all.get(all.size() - 1);
    NightRecord record = NightJson.read(last.record());
    Duration ago = Duration.between(record.started(), now);
    boolean goesOn =
        record.finished().isEmpty()
            && record.plan().equals(plan)
            && ago.compareTo(RESUMABLE) < 0
            && !ago.isNegative();
    return goesOn ? Optional.of(new Tonight(last, record)) : Optional.empty();
  }

  /**
   * A night that begins now. Two nights do not begin in one second; the clock is waited for by
   * taking the next free name.
   *
   * @param latest the place of the latest night that is remembered, whose folder may be elsewhere
   */
  static Tonight begin(Path nights, String plan, Instant now, OptionalLong latest) {
    Instant started = now;
    Path path = nights.resolve(NightFolder.name(started));
    while (Files.exists(path)) {
      started = started.plusSeconds(1);
      path = nights.resolve(NightFolder.name(started));
    }
    NightFolder folder = new NightFolder(path);
    NightRecord record =
        NightRecord.begun(folder.id(), started, order(nights, started, latest), plan);
    NightJson.write(folder.record(), record); // makes the folder; without it there is no night
    return new Tonight(folder, record);
  }

  /** A night comes after all that are there, whatever the clock says. */
  private static long order(Path nights, Instant started, OptionalLong remembered) {
    long latest = remembered.orElse(Long.MIN_VALUE);
    for (NightFolder night : NightFolder.all(nights)) {
      latest = Math.max(latest, NightJson.read(night.record()).order());
    }
    return latest < started.toEpochMilli() ? started.toEpochMilli() : latest + 1;
  }

  NightFolder folder() {
    return folder;
  }

  NightRecord record() {
    return record;
  }

  /** Changes the record and keeps it at once. */
  void note(UnaryOperator<NightRecord> change) {
    record = change.apply(record);
    NightJson.write(folder.record(), record);
  }

  /** Keeps how long a step took. */
  void took(String step, Instant began, Instant ended) {
    double seconds = Duration.between(began, ended).toMillis() / MILLIS;
    note(r -> r.took(step, seconds));
  }
}
