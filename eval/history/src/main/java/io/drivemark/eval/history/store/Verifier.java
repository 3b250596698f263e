package io.drivemark.eval.history.store;

import io.drivemark.eval.history.store.folder.FolderFacts;
import io.drivemark.eval.history.store.folder.RunFolder;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Holds a store against the folders of its nights: each folder is taken into an empty store of its
 * own, and the dumps of both are compared line by line. Within one transaction of a reader.
 */
final class Verifier {
  private static final int SHOWN = 3;

  private final Sql sql;
  private final boolean derive;
  private final List<String> differences = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int nights;

  Verifier(Sql sql, boolean derive) {
    this.sql = sql;
    this.derive = derive;
  }

  Verified verify() {
    for (RunRow run : RunRow.nights(sql)) {
      Path folder = Path.of(run.folder());
      if (!RunFolder.isOne(folder)) {
        notes.add(folder + ": the folder is no more; the store alone has this night");
        continue;
      }
      try {
        compare(run, FolderFacts.read(folder));
      } catch (BadInputException e) {
        differences.add(e.getMessage());
      }
    }
    return new Verified(nights, differences, notes);
  }

  private void compare(RunRow run, FolderFacts facts) {
    if (!facts.run().machine().digest().equals(run.machine())) {
      notes.add(
          run.folder()
              + ": the folder of this name is another machine's here; look from the machine that has"
              + " the night of "
              + run.ref().start());
      return;
    }
    nights++;
    if (!facts.missing().isEmpty()) {
      notes.add(
          run.folder()
              + ": "
              + Counted.of(facts.missing().size(), "file of evidence is", "files of evidence are")
              + " no more, so its numbers cannot be derived again");
    } else if (derive) {
      RunStore.read(facts.folder());
    }
    if (!facts.run().uid().equals(run.ref().uid())) {
      differences.add(
          run.folder()
              + ": something was measured anew in it since it was taken in (uid "
              + facts.run().uid()
              + ", the store has "
              + run.ref().uid()
              + "); 'drivemark store import' takes it in anew");
      return;
    }
    List<String> stored = lines(sql, run.ref().uid());
    List<String> found = ofFolder(facts);
    if (!stored.equals(found)) {
      differences.add(run.folder() + ": " + difference(stored, found));
    }
  }

  private static List<String> ofFolder(FolderFacts facts) {
    try {
      Path folder = Files.createTempDirectory("drivemark-verify");
      Path file = folder.resolve("night.db");
      try (JdbcStore store =
          JdbcStore.open(StoreUrl.parse("sqlite:" + file), Optional.empty(), true)) {
        return store.only(facts);
      } finally {
        for (String name : List.of("night.db", "night.db-wal", "night.db-shm")) {
          Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UnavailableException("a temporary store: cannot be made: " + e.getMessage(), e);
    }
  }

  /** What a store has of a night and its further processes. */
  static List<String> lines(Sql sql, String uid) {
    return new Dump(sql).night(uid);
  }

  private static String difference(List<String> stored, List<String> found) {
    TreeSet<String> onlyStored = new TreeSet<>(stored);
    found.forEach(onlyStored::remove);
    TreeSet<String> onlyFound = new TreeSet<>(found);
    stored.forEach(onlyFound::remove);
    return "the store has "
        + some(onlyStored)
        + ", the folder "
        + some(onlyFound)
        + "; 'drivemark store rebuild' takes it in anew";
  }

  private static String some(TreeSet<String> lines) {
    if (lines.isEmpty()) {
      return "nothing besides";
    }
    String shown = String.join(" ", lines.stream().limit(SHOWN).map(String::strip).toList());
    return lines.size() > SHOWN ? shown + " and " + (lines.size() - SHOWN) + " more" : shown;
  }
}
