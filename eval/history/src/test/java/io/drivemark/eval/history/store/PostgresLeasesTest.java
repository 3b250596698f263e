package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.shard.lease.Lease;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.eval.runner.tasks.WorkerPool;
import io.drivemark.problem.BadInputException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresLeasesTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final WorkUnit UNIT = new WorkUnit("cell", new FrameRange(0, 8));

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  private StoreUrl url;

  @BeforeEach
  void newSchema() throws SQLException {
    url = SERVER.empty();
  }

  private PostgresLeases leases(String list, String worker, Duration silence) {
    return PostgresLeases.open(url, Optional.empty(), list, worker, silence);
  }

  private static Lease taken(Optional<Lease> lease) {
    return lease.orElseThrow(() -> new AssertionError("the range is not free"));
  }

  @Test
  void oneHolderAtATimeAndEachListHasItsOwn() {
    try (PostgresLeases a = leases("list", "a", LONG);
        PostgresLeases b = leases("list", "b", LONG);
        PostgresLeases other = leases("other", "c", LONG)) {
      Lease lease = taken(a.take(UNIT));
      assertEquals(1, lease.token());
      assertEquals(Optional.empty(), b.take(UNIT));
      assertTrue(a.holds(lease));
      assertEquals(1, taken(other.take(UNIT)).token());
      a.giveBack(lease);
      assertEquals(2, taken(b.take(UNIT)).token());
      assertFalse(a.holds(lease));
    }
  }

  /** Makes every holder silent for an hour, by the server's clock. */
  private void fallSilent() throws SQLException {
    try (Connection connection = new Postgres(url, Optional.empty()).connect(false);
        Statement statement = connection.createStatement()) {
      assertEquals(
          1, statement.executeUpdate("UPDATE drivemark_lease SET beat = beat - interval '1 hour'"));
    }
  }

  @Test
  void aSilentHolderLosesItsRangeAndALateBeatRevivesNothing() throws SQLException {
    try (PostgresLeases a = leases("list", "a", LONG);
        PostgresLeases b = leases("list", "b", LONG)) {
      Lease first = taken(a.take(UNIT));
      assertEquals(Optional.empty(), b.take(UNIT));
      fallSilent();
      assertTrue(a.holds(first), "nobody has taken it over");
      Lease second = taken(b.take(UNIT));
      assertEquals(2, second.token());
      a.renew(first);
      a.giveBack(first);
      assertFalse(a.holds(first));
      assertTrue(b.holds(second));
      assertEquals(Optional.empty(), a.take(UNIT), "what is given back late is not the range");
      fallSilent();
      a.renew(first);
      assertEquals(3, taken(a.take(UNIT)).token(), "a late beat is none of the new holder's");
    }
  }

  @Test
  void aHolderThatBeatsKeepsItsRange() throws SQLException {
    try (PostgresLeases a = leases("list", "a", LONG);
        PostgresLeases b = leases("list", "b", LONG)) {
      Lease lease = taken(a.take(UNIT));
      fallSilent();
      a.renew(lease);
      assertEquals(Optional.empty(), b.take(UNIT));
      assertTrue(a.holds(lease));
    }
  }

  @Test
  void ofManyThatTakeAtOnceOneGetsIt() {
    int workers = 6;
    try (WorkerPool pool = new WorkerPool("leases", workers)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        String name = "w" + i;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  int got = 0;
                  try (PostgresLeases mine = leases("list", name, LONG)) {
                    for (int range = 0; range < 30; range++) {
                      WorkUnit unit = new WorkUnit("cell", new FrameRange(range, range + 1));
                      got += mine.take(unit).isPresent() ? 1 : 0;
                    }
                  }
                  return got;
                }));
      }
      start.countDown();
      assertEquals(30, all.stream().mapToInt(WorkerPool::result).sum());
    }
  }

  @Test
  void anotherKindOfStoreIsRefused() {
    assertEquals(
        "queue 'sqlite:x.db': expected postgresql://[user@]host[:port]/database; leases in files need"
            + " no queue, the shared folder has them",
        assertThrows(
                BadInputException.class,
                () ->
                    PostgresLeases.open(
                        StoreUrl.parse("sqlite:x.db"), Optional.empty(), "list", "a", LONG))
            .getMessage());
  }
}
