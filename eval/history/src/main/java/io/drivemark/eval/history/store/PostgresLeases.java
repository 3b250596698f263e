package io.drivemark.eval.history.store;

import io.drivemark.eval.runner.shard.lease.Lease;
import io.drivemark.eval.runner.shard.lease.Leases;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Leases as rows of a PostgreSQL table, one a range: taking one is one statement, and the server's
 * clock alone says who is silent. For workers whose shared folder shows them an old listing for
 * long; what they find still goes into the folder. Safe from several threads.
 */
public final class PostgresLeases implements Leases, AutoCloseable {
  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS drivemark_lease (
        list text NOT NULL,
        cell text NOT NULL,
        range text NOT NULL,
        token bigint NOT NULL,
        worker text NOT NULL,
        beat timestamptz NOT NULL,
        given_back boolean NOT NULL,
        PRIMARY KEY (list, cell, range))
      """;
  private static final String TAKE =
      """
      INSERT INTO drivemark_lease AS held (list, cell, range, token, worker, beat, given_back)
      VALUES (?, ?, ?, 1, ?, clock_timestamp(), false)
      ON CONFLICT (list, cell, range) DO UPDATE
      SET token = held.token + 1, worker = EXCLUDED.worker, beat = clock_timestamp(),
        given_back = false
      WHERE held.given_back
        OR held.beat <= clock_timestamp() - CAST(? AS double precision) * interval '1 millisecond'
      RETURNING token
      """;
  private static final String OF_LEASE = " WHERE list = ? AND cell = ? AND range = ? AND token = ?";

  private final Connection connection;
  private final Sql sql;
  private final String list;
  private final String worker;
  private final Duration silence;

  private PostgresLeases(
      Connection connection, Sql sql, String list, String worker, Duration silence) {
    this.connection = connection;
    this.sql = sql;
    this.list = list;
    this.worker = worker;
    this.silence = silence;
  }

  /**
   * Reaches the database, and makes the table where there is none.
   *
   * @param list tells the work list from all others
   * @param worker its name, which no other worker has
   * @param silence how long a holder may say nothing
   * @throws BadInputException if the address is no PostgreSQL database's
   * @throws UnavailableException if it cannot be reached
   */
  public static PostgresLeases open(
      StoreUrl url, Optional<String> password, String list, String worker, Duration silence) {
    if (url.file().isPresent()) {
      throw new BadInputException(
          "queue '"
              + url
              + "': expected postgresql://[user@]host[:port]/database; leases in files need no queue,"
              + " the shared folder has them");
    }
    Postgres dialect = new Postgres(url, password);
    Connection connection = dialect.connect(false);
    try {
      Sql sql = new Sql(connection, url.text());
      Transaction.writing(
          dialect,
          sql,
          () -> {
            sql.run(TABLE);
            return true;
          });
      return new PostgresLeases(connection, sql, list, worker, silence);
    } catch (RuntimeException e) {
      Closer.after(e, connection);
      throw e;
    }
  }

  @Override
  public synchronized Optional<Lease> take(WorkUnit unit) {
    return sql.one(
        TAKE,
        row -> new Lease(unit, row.number(1)),
        list,
        unit.cell(),
        unit.name(),
        worker,
        silence.toMillis());
  }

  @Override
  public synchronized void renew(Lease lease) {
    change(lease, "beat = clock_timestamp()");
  }

  @Override
  public synchronized void giveBack(Lease lease) {
    change(lease, "given_back = true");
  }

  private void change(Lease lease, String what) {
    sql.change(
        "UPDATE drivemark_lease SET " + what + OF_LEASE,
        list,
        lease.unit().cell(),
        lease.unit().name(),
        lease.token());
  }

  @Override
  public synchronized boolean holds(Lease lease) {
    return sql.one(
            "SELECT token FROM drivemark_lease" + OF_LEASE,
            row -> row.number(1),
            list,
            lease.unit().cell(),
            lease.unit().name(),
            lease.token())
        .isPresent();
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw sql.failed(e);
    }
  }
}
