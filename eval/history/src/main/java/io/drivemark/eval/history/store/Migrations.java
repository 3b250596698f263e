package io.drivemark.eval.history.store;

import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The schema of a store and how it came to be: numbered scripts, of which a store remembers which
 * it had, by name and digest. Those that a store lacks are done together, whole or not at all, by
 * one process at a time: the lock is taken before the version is read, and another process that
 * opens a new store meets it empty or whole, never halfway. Immutable.
 */
final class Migrations {
  /** The table in which a store remembers its steps. */
  static final String TABLE = "schema_version";

  private static final List<String> SHIPPED = List.of("1-nights");

  private final List<Script> scripts;

  /**
   * One step.
   *
   * @param name begins with its number
   * @param text SQL, statements ended by semicolons, lines of comments begun by two dashes
   */
  record Script(String name, String text) {
    String digest() {
      return Digests.of(text);
    }
  }

  /** A step that a store had. */
  private record Applied(int version, String name, String digest) {}

  Migrations(List<Script> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /** Those of this program. */
  static Migrations shipped() {
    return new Migrations(SHIPPED.stream().map(name -> new Script(name, text(name))).toList());
  }

  /** The digests of all steps, in their order. */
  List<String> digests() {
    return scripts.stream().map(Script::digest).toList();
  }

  private static String text(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("the program has no " + name + ".sql");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Brings a store to this program's schema, an empty one from nothing.
   *
   * @return how many steps were done
   * @throws BadInputException if it has a newer schema, or another program's
   */
  int migrate(Dialect dialect, Sql sql, String store) {
    return Transaction.writing(
        dialect,
        sql,
        () -> {
          if (!dialect.hasTable(sql, TABLE)) {
            sql.run(
                "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                    + " digest TEXT NOT NULL, applied BIGINT NOT NULL)");
          }
          List<Applied> had = had(sql);
          check(had, store);
          for (int step = had.size(); step < scripts.size(); step++) {
            apply(dialect, sql, step + 1, scripts.get(step));
          }
          return scripts.size() - had.size();
        });
  }

  private static void apply(Dialect dialect, Sql sql, int version, Script script) {
    statements(dialect.words(script.text())).forEach(sql::run);
    sql.change(
        "INSERT INTO schema_version (version, name, digest, applied) VALUES (?, ?, ?, ?)",
        version,
        script.name(),
        script.digest(),
        System.currentTimeMillis());
  }

  /**
   * Makes sure that a store has this program's schema.
   *
   * @throws BadInputException if it is empty, older, newer or another program's; the message says
   *     what to do
   */
  void require(Dialect dialect, Sql sql, String store) {
    if (!dialect.hasTable(sql, TABLE)) {
      throw new BadInputException(
          "store "
              + store
              + ": it is empty; 'drivemark store init --store "
              + store
              + "' makes its tables");
    }
    List<Applied> had = had(sql);
    check(had, store);
    if (had.size() < scripts.size()) {
      throw new BadInputException(
          "store "
              + store
              + ": its schema is version "
              + had.size()
              + ", this Drivemark works with version "
              + scripts.size()
              + "; 'drivemark store migrate --store "
              + store
              + "' brings it there");
    }
  }

  private static List<Applied> had(Sql sql) {
    return sql.all(
        "SELECT version, name, digest FROM schema_version ORDER BY version",
        r -> new Applied(r.small(1), r.text(2), r.text(3)));
  }

  private void check(List<Applied> had, String store) {
    if (had.size() > scripts.size()) {
      Applied newest = had.get(had.size() - 1);
      throw new BadInputException(
          "store "
              + store
              + ": its schema is version "
              + newest.version()
              + " ("
              + newest.name()
              + "), this Drivemark knows versions up to "
              + scripts.size()
              + " ("
              + scripts.get(scripts.size() - 1).name()
              + "); use the newer Drivemark that made it");
    }
    for (int i = 0; i < had.size(); i++) {
      Applied step = had.get(i);
      Script own = scripts.get(i);
      if (step.version() != i + 1
          || !step.name().equals(own.name())
          || !step.digest().equals(own.digest())) {
        throw new BadInputException(
            "store "
                + store
                + ": step "
                + (i + 1)
                + " of its schema is "
                + step.name()
                + " with the digest "
                + step.digest()
                + ", this Drivemark has "
                + own.name()
                + " with "
                + own.digest()
                + "; it was made by another program, and is left as it is");
      }
    }
  }

  private static List<String> statements(String text) {
    String plain =
        text.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    return Arrays.stream(plain.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
