package io.drivemark.eval.runner.shard.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.tasks.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLeasesTest {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration HALF = Duration.ofSeconds(30);
  private static final WorkUnit UNIT = new WorkUnit("cell", new FrameRange(0, 8));
  private static final WorkUnit OTHER = new WorkUnit("cell", new FrameRange(8, 16));

  @TempDir Path out;
  private final FakeClock ofA = new FakeClock(5);
  private final FakeClock ofB = new FakeClock(-7_000_000_000_000L); // no two clocks agree

  private FolderLeases leases(String worker, WorkerClock clock) {
    return new FolderLeases(out::resolve, worker, SILENCE, clock);
  }

  private static Lease taken(Optional<Lease> lease) {
    return lease.orElseThrow(() -> new AssertionError("the range is not free"));
  }

  @Test
  void oneHolderAtATime() {
    FolderLeases a = leases("a", ofA);
    FolderLeases b = leases("b", ofB);
    Lease lease = taken(a.take(UNIT));
    assertEquals(1, lease.token());
    assertEquals(Optional.empty(), b.take(UNIT));
    assertEquals(1, taken(b.take(OTHER)).token());
    assertEquals(Optional.empty(), a.take(OTHER));
    assertTrue(a.holds(lease));
    assertEquals(Optional.of("a"), FolderLeases.holder(out.resolve("cell"), UNIT));
  }

  @Test
  void aHolderThatIsSilentLosesItsRangeByTheOthersClock() {
    FolderLeases a = leases("a", ofA);
    FolderLeases b = leases("b", ofB);
    Lease first = taken(a.take(UNIT));
    assertEquals(Optional.empty(), b.take(UNIT), "b has seen the beat now");
    ofB.pause(SILENCE.minusNanos(1));
    assertEquals(Optional.empty(), b.take(UNIT));
    ofB.pause(Duration.ofNanos(1));
    Lease second = taken(b.take(UNIT));
    assertEquals(2, second.token());
    assertFalse(a.holds(first));
    assertTrue(b.holds(second));
  }

  @Test
  void aWorkerThatComesNewWaitsThoughTheHolderIsLongDead() {
    taken(leases("a", ofA).take(UNIT));
    FakeClock later = new FakeClock(Duration.ofDays(30).toNanos());
    FolderLeases b = leases("b", later);
    assertEquals(Optional.empty(), b.take(UNIT));
    later.pause(SILENCE);
    taken(b.take(UNIT));
  }

  @Test
  void aHolderThatBeatsKeepsItsRange() {
    FolderLeases a = leases("a", ofA);
    FolderLeases b = leases("b", ofB);
    Lease lease = taken(a.take(UNIT));
    for (int i = 0; i < 10; i++) {
      assertEquals(Optional.empty(), b.take(UNIT));
      ofB.pause(HALF);
      a.renew(lease);
    }
    assertTrue(a.holds(lease));
  }

  @Test
  void aLateBeatRevivesNothing() {
    FolderLeases a = leases("a", ofA);
    FolderLeases b = leases("b", ofB);
    Lease first = taken(a.take(UNIT));
    assertEquals(Optional.empty(), b.take(UNIT));
    ofB.pause(SILENCE);
    Lease second = taken(b.take(UNIT));
    a.renew(first);
    assertFalse(a.holds(first));
    assertTrue(b.holds(second));
    FolderLeases c = leases("c", ofB);
    assertEquals(Optional.empty(), c.take(UNIT));
    ofB.pause(HALF);
    a.renew(first); // says nothing of b
    assertEquals(Optional.empty(), c.take(UNIT));
    ofB.pause(HALF);
    assertEquals(3, taken(c.take(UNIT)).token());
  }

  /** It made the file and wrote nothing more, not even its name. */
  @Test
  void aHolderThatDiedBeforeItsFirstBeatLosesItsRange() throws IOException {
    Path cell = Files.createDirectories(out.resolve("cell"));
    Files.createFile(cell.resolve("000000-000008.1.lease"));
    assertEquals(Optional.empty(), FolderLeases.holder(cell, UNIT));
    FolderLeases b = leases("b", ofB);
    assertEquals(Optional.empty(), b.take(UNIT));
    ofB.pause(SILENCE);
    assertEquals(2, taken(b.take(UNIT)).token());
    assertEquals(Optional.of("b"), FolderLeases.holder(cell, UNIT));
  }

  @Test
  void whatIsGivenBackLateIsNotTheRange() {
    FolderLeases a = leases("a", ofA);
    FolderLeases b = leases("b", ofB);
    Lease first = taken(a.take(UNIT));
    assertEquals(Optional.empty(), b.take(UNIT));
    ofB.pause(SILENCE);
    Lease second = taken(b.take(UNIT));
    a.giveBack(first);
    assertTrue(b.holds(second));
    assertEquals(Optional.empty(), a.take(UNIT));
  }

  @Test
  void whatIsGivenBackIsFreeAtOnceAndTokensRise() {
    FolderLeases a = leases("a", ofA);
    FolderLeases b = leases("b", ofB);
    Lease lease = taken(a.take(UNIT));
    a.giveBack(lease);
    assertEquals(2, taken(b.take(UNIT)).token());
    assertEquals(Optional.empty(), a.take(UNIT));
  }

  @Test
  void ofManyThatTakeAtOnceOneGetsIt() {
    int workers = 8;
    for (int round = 0; round < 20; round++) {
      WorkUnit unit = new WorkUnit("cell", new FrameRange(round, round + 1));
      CountDownLatch start = new CountDownLatch(1);
      try (WorkerPool pool = new WorkerPool("leases", workers)) {
        List<Future<Optional<Lease>>> all = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
          FolderLeases mine = leases("w" + i, new FakeClock(i));
          all.add(
              pool.submit(
                  () -> {
                    start.await();
                    return mine.take(unit);
                  }));
        }
        start.countDown();
        long got = all.stream().map(WorkerPool::result).filter(Optional::isPresent).count();
        assertEquals(1, got);
      }
    }
  }
}
