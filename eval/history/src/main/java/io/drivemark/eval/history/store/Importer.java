package io.drivemark.eval.history.store;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.store.folder.FolderFacts;
import io.drivemark.eval.history.store.folder.RunFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes folders into a store. What is there already is not taken in twice, by whatever way it
 * comes; a folder in which something was measured anew replaces what it was. Within one transaction
 * of a writer.
 */
final class Importer {
  private final Sql sql;
  private final RunWriter runs;
  private final Decisions decisions;

  Importer(Sql sql) {
    this.sql = sql;
    this.runs = new RunWriter(sql);
    this.decisions = new Decisions(sql);
  }

  /** A run as it is there. */
  private record Known(long id, String uid, String folder) {}

  /** Takes a folder in. */
  Imported.Outcome add(FolderFacts facts) {
    RunFacts run = facts.run();
    Optional<Known> known = known(run.uid());
    Imported.Outcome outcome = known.isPresent() ? Imported.Outcome.KNOWN : Imported.Outcome.ADDED;
    long id;
    if (known.isPresent()) {
      id = known.get().id();
      if (isMoved(known.get(), run)) {
        sql.change("UPDATE run SET folder = ? WHERE id = ?", run.folder(), id);
        outcome = Imported.Outcome.MOVED;
      }
    } else {
      for (Known old : at(run)) {
        decisions.move(old.uid(), run.uid());
        runs.remove(old.id());
        outcome = Imported.Outcome.REPLACED;
      }
      id = runs.write(run, Optional.empty());
    }
    for (RunFacts part : facts.parts()) {
      if (add(part, id) && outcome == Imported.Outcome.KNOWN) {
        outcome = Imported.Outcome.EXTENDED;
      }
    }
    if (facts.verdict().isPresent()) {
      new Verdicts(sql).keep(id, facts.verdict().get());
    }
    for (Decision decision : facts.decisions()) {
      decisions.add(decision.kind().isOfEvent() ? decision : decision.of(run.uid()));
    }
    return outcome;
  }

  private boolean add(RunFacts part, long parent) {
    Optional<Known> known = known(part.uid());
    if (known.isPresent()) {
      if (isMoved(known.get(), part)) {
        sql.change("UPDATE run SET folder = ? WHERE id = ?", part.folder(), known.get().id());
      }
      return false;
    }
    at(part).forEach(old -> runs.remove(old.id()));
    runs.write(part, Optional.of(parent));
    return true;
  }

  /** Whether the same run now lies elsewhere, and not where it was as well. */
  private static boolean isMoved(Known known, RunFacts run) {
    return !known.folder().equals(run.folder()) && !Files.exists(Path.of(known.folder()));
  }

  private Optional<Known> known(String uid) {
    return sql.one(
        "SELECT id, uid, folder FROM run WHERE uid = ?",
        r -> new Known(r.number(1), r.text(2), r.text(3)),
        uid);
  }

  /**
   * What was in a folder before. One of the same name on another machine is another folder: those
   * of a team begin their nights in the same second, in folders of the same names.
   */
  private List<Known> at(RunFacts run) {
    return sql.all(
        "SELECT r.id, r.uid, r.folder FROM run r JOIN machine m ON m.id = r.machine_id WHERE"
            + " r.folder = ? AND m.digest = ?",
        r -> new Known(r.number(1), r.text(2), r.text(3)),
        run.folder(),
        run.machine().digest());
  }

  /** Takes a folder in as if it had not been there; what people said stays. */
  Imported.Outcome addAnew(FolderFacts facts) {
    Optional<Long> there = runs.find(facts.run().uid());
    there.ifPresent(runs::remove);
    Imported.Outcome outcome = add(facts);
    return there.isPresent() ? Imported.Outcome.REPLACED : outcome;
  }
}
