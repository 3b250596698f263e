package io.drivemark.eval.runner.shard.lease;

import io.drivemark.files.DurableFiles;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leases as files of a folder that workers share. {@code FIRST-LAST.TOKEN.lease} is created by
 * whoever takes the range, which only one can; {@code FIRST-LAST.TOKEN.beat} is replaced again and
 * again by its holder, whose name is in it. Lease files are never removed, so that tokens only
 * rise.
 *
 * <p>Every worker finds out by its own clock that a holder is silent: the beat has not changed for
 * so long since this worker saw it first. No time is ever written down, so clocks that differ do no
 * harm; a worker that comes new waits that long before it takes over.
 *
 * <p>Where a folder's listing is old, as network file systems may give it, two workers may measure
 * one range for a while. That costs time and no truth: what they find is compared.
 */
public final class FolderLeases implements Leases {
  private static final Pattern LEASE =
      Pattern.compile("([0-9]{6,}-[0-9]{6,})\\.([0-9]{1,18})\\.lease");
  private static final String GIVEN_BACK = "given back";

  private final Function<String, Path> folders;
  private final String worker;
  private final Duration silence;
  private final WorkerClock clock;
  private final Map<WorkUnit, Seen> seen = new HashMap<>();
  private final AtomicLong beats = new AtomicLong();

  /** The last beat of a range's newest lease, and when it was new to this worker. */
  private record Seen(long token, String beat, long nanos) {}

  /**
   * @param folders where the leases of a cell lie
   * @param worker its name, which no other worker has
   * @param silence how long a holder may say nothing
   */
  public FolderLeases(
      Function<String, Path> folders, String worker, Duration silence, WorkerClock clock) {
    this.folders = folders;
    this.worker = worker;
    this.silence = silence;
    this.clock = clock;
  }

  @Override
  public Optional<Lease> take(WorkUnit unit) {
    long newest = newest(unit);
    if (newest > 0 && !isFree(new Lease(unit, newest))) {
      return Optional.empty();
    }
    Lease lease = new Lease(unit, newest + 1);
    Path file = file(lease, "lease");
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be written: " + e.getMessage(), e);
    }
    renew(lease);
    return Optional.of(lease);
  }

  private boolean isFree(Lease other) {
    String beat = SharedFiles.text(file(other, "beat"));
    if (beat.equals(GIVEN_BACK)) {
      return true;
    }
    Seen before = seen.get(other.unit());
    if (before == null || before.token() != other.token() || !before.beat().equals(beat)) {
      seen.put(other.unit(), new Seen(other.token(), beat, clock.nanos()));
      return false;
    }
    return clock.nanos() - before.nanos() >= silence.toNanos();
  }

  @Override
  public void renew(Lease lease) {
    say(lease, worker + " " + beats.incrementAndGet());
  }

  @Override
  public void giveBack(Lease lease) {
    say(lease, GIVEN_BACK);
  }

  private void say(Lease lease, String what) {
    DurableFiles.writeQuickly(file(lease, "beat"), what.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean holds(Lease lease) {
    return newest(lease.unit()) == lease.token();
  }

  private long newest(WorkUnit unit) {
    return newest(folders.apply(unit.cell()), unit);
  }

  private Path file(Lease lease, String kind) {
    return file(folders.apply(lease.unit().cell()), lease, kind);
  }

  /**
   * Who holds a range, or held it last, for messages; empty if nobody has taken it, or has given it
   * back.
   *
   * @param folder where the leases of its cell lie
   */
  public static Optional<String> holder(Path folder, WorkUnit unit) {
    String beat = SharedFiles.text(file(folder, new Lease(unit, newest(folder, unit)), "beat"));
    int end = beat.indexOf(' ');
    return end < 0 || beat.equals(GIVEN_BACK)
        ? Optional.empty()
        : Optional.of(beat.substring(0, end));
  }

  /** The highest token of a range; 0 if nobody has taken it yet. */
  private static long newest(Path folder, WorkUnit unit) {
    long newest = 0;
    for (Path path : SharedFiles.named(folder, LEASE)) {
      Matcher matcher = LEASE.matcher(path.getFileName().toString());
      if (matcher.matches() && matcher.group(1).equals(unit.name())) {
        newest = Math.max(newest, Long.parseLong(matcher.group(2)));
      }
    }
    return newest;
  }

  private static Path file(Path folder, Lease lease, String kind) {
    return folder.resolve(lease.unit().name() + "." + lease.token() + "." + kind);
  }
}
