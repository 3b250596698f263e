package io.drivemark.eval.history.store;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.store.folder.DecisionFiles;
import io.drivemark.eval.history.store.folder.FolderFacts;
import io.drivemark.eval.history.store.folder.RunFacts.Kind;
import io.drivemark.eval.history.store.folder.RunFolder;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A store over one JDBC connection. */
final class JdbcStore implements ResultStore {
  private final Dialect dialect;
  private final Connection connection;
  private final Sql sql;

  private JdbcStore(Dialect dialect, Connection connection, Sql sql) {
    this.dialect = dialect;
    this.connection = connection;
    this.sql = sql;
  }

  private static Dialect dialect(StoreUrl url, Optional<String> password) {
    return url.file().isPresent() ? new Sqlite(url) : new Postgres(url, password);
  }

  static JdbcStore open(StoreUrl url, Optional<String> password, boolean init) {
    Dialect dialect = dialect(url, password);
    Connection connection = dialect.connect(init);
    try {
      Sql sql = new Sql(connection, url.text());
      if (init && !dialect.hasTable(sql, Migrations.TABLE)) {
        Migrations.shipped().migrate(dialect, sql, url.text());
      }
      Migrations.shipped().require(dialect, sql, url.text());
      return new JdbcStore(dialect, connection, sql);
    } catch (RuntimeException e) {
      Closer.after(e, connection);
      throw e;
    }
  }

  static Optional<ResultStore> find(StoreUrl url, Optional<String> password) {
    Dialect dialect = dialect(url, password);
    if (!dialect.isThere()) {
      return Optional.empty();
    }
    Connection connection = dialect.connect(false);
    try {
      Sql sql = new Sql(connection, url.text());
      JdbcStore store = new JdbcStore(dialect, connection, sql);
      if (!dialect.hasTable(sql, Migrations.TABLE)) {
        store.close();
        return Optional.empty();
      }
      Migrations.shipped().require(dialect, sql, url.text());
      return Optional.of(store);
    } catch (RuntimeException e) {
      Closer.after(e, connection);
      throw e;
    }
  }

  static int migrate(StoreUrl url, Optional<String> password) {
    Dialect dialect = dialect(url, password);
    try (Connection connection = dialect.connect(true)) {
      Sql sql = new Sql(connection, url.text());
      return Migrations.shipped().migrate(dialect, sql, url.text());
    } catch (SQLException e) {
      throw new UnavailableException("store " + url + ": cannot be closed: " + e.getMessage(), e);
    }
  }

  private <T> T reading(Supplier<T> work) {
    return Transaction.reading(dialect, sql, work);
  }

  private <T> T writing(Supplier<T> work) {
    return Transaction.writing(dialect, sql, work);
  }

  @Override
  public Optional<String> warning() {
    return Optional.of(dialect.warning()).filter(text -> !text.isEmpty());
  }

  @Override
  public Imported add(Path folder) {
    FolderFacts facts = FolderFacts.read(folder);
    Imported.Outcome outcome = writing(() -> new Importer(sql).add(facts));
    return new Imported(folder, facts.run().uid(), outcome, facts.missing());
  }

  @Override
  public List<HistoryView.NightLine> nights() {
    return reading(() -> new Histories(sql).nights());
  }

  @Override
  public HistoryView.NightLine night(String name) {
    return reading(
        () -> NightNames.find(name, new Histories(sql).nights(), new Decisions(sql).all()));
  }

  @Override
  public List<Night> history(Set<String> metrics) {
    return reading(
        () -> {
          Map<String, String> excluded = Decision.exclusions(new Decisions(sql).all());
          List<RunRow> forks = RunRow.of(sql, "r.kind = ?", Kind.FORK.word());
          return new StoredNights(sql, metrics).of(RunRow.nights(sql), forks, excluded);
        });
  }

  @Override
  public Optional<Night> confirmation(String uid) {
    return reading(
        () -> {
          Optional<RunRow> night = RunRow.of(sql, "r.uid = ?", uid).stream().findFirst();
          List<RunRow> processes =
              night.isEmpty()
                  ? List.of()
                  : RunRow.of(
                      sql, "r.kind = ? AND r.parent_id = ?", Kind.CONFIRM.word(), night.get().id());
          return processes.isEmpty()
              ? Optional.empty()
              : Optional.of(new StoredNights(sql, Set.of()).confirmation(night.get(), processes));
        });
  }

  @Override
  public List<Event> events(Optional<Night.Ref> before) {
    return reading(() -> new Verdicts(sql).events(before, new Decisions(sql).all()));
  }

  @Override
  public Event event(String name) {
    return NightNames.event(name, events(Optional.empty()));
  }

  @Override
  public void keep(Verdict verdict) {
    writing(
        () -> {
          String uid = verdict.night().uid();
          long run =
              new RunWriter(sql)
                  .find(uid)
                  .orElseThrow(
                      () ->
                          new BadInputException(
                              "verdict of night "
                                  + uid
                                  + ": the night is not in the store; import its folder first"));
          new Verdicts(sql).keep(run, verdict);
          return run;
        });
  }

  @Override
  public Optional<Path> decide(Decision decision) {
    return writing(
        () -> {
          Optional<Path> folder = folder(decision);
          new Decisions(sql).add(decision);
          folder.ifPresent(night -> DecisionFiles.write(night, decision));
          return folder.map(night -> DecisionFiles.file(night, decision));
        });
  }

  /** The folder of the night that a decision is about, if it is at hand. */
  private Optional<Path> folder(Decision decision) {
    String night = decision.subject();
    if (decision.kind().isOfEvent()) {
      List<Event> events = new Verdicts(sql).events(Optional.empty(), List.of());
      night = NightNames.event(decision.subject(), events).opened().uid();
    }
    List<RunRow> rows = RunRow.of(sql, "r.uid = ?", night);
    if (rows.isEmpty() && !decision.kind().isOfEvent()) {
      throw new BadInputException("there is no night with the uid " + night + " in the store");
    }
    return rows.stream()
        .filter(row -> !RunFolder.isOfAnother(Path.of(row.folder()), row.machine()))
        .map(row -> Path.of(row.folder()))
        .filter(Files::isDirectory)
        .findFirst();
  }

  @Override
  public List<Decision> decisions() {
    return reading(() -> new Decisions(sql).all());
  }

  @Override
  public HistoryView view(Set<String> metrics) {
    return reading(() -> new Histories(sql).of(metrics));
  }

  @Override
  public List<Imported> rebuild(List<Path> folders) {
    List<Imported> out = new ArrayList<>();
    for (Path folder : folders) {
      FolderFacts facts = FolderFacts.read(folder);
      Imported.Outcome outcome = writing(() -> new Importer(sql).addAnew(facts));
      out.add(new Imported(folder, facts.run().uid(), outcome, facts.missing()));
    }
    writing(
        () -> {
          new RunWriter(sql).removeUnused();
          return 0;
        });
    return out;
  }

  @Override
  public Verified verify(boolean derive) {
    return reading(() -> new Verifier(sql, derive).verify());
  }

  /** Takes one folder in, and gives the lines of its dump. */
  List<String> only(FolderFacts facts) {
    return writing(
        () -> {
          new Importer(sql).add(facts);
          return Verifier.lines(sql, facts.run().uid());
        });
  }

  @Override
  public void dump(Path file) {
    DurableFiles.write(
        file,
        out -> {
          PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
          reading(
              () -> {
                new Dump(sql).write(writer::write);
                return 0;
              });
          if (writer.checkError()) {
            throw new IOException("writing failed");
          }
        });
  }

  @Override
  public void forget(List<String> uids) {
    writing(
        () -> {
          RunWriter runs = new RunWriter(sql);
          uids.forEach(uid -> runs.find(uid).ifPresent(runs::remove));
          runs.removeUnused();
          return 0;
        });
  }

  /** For tests: changes rows behind the store's back. */
  void tamper(String statement) {
    sql.run(statement);
  }

  @Override
  public long bytes() {
    return dialect.bytes(sql);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw sql.failed(e);
    }
  }
}
