package io.drivemark.eval.runner.store;

import io.drivemark.eval.runner.evidence.Measurement;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.Prints;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.robust.Robustness;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a run knows of its cells: the entry of each, and for those that are finished how it is kept.
 * Whatever is written down goes into the store at once. For one thread.
 */
public final class Ledger {
  private final CellStore store;
  private final Map<Cell, Entry> entries = new IdentityHashMap<>();
  private final Map<Cell, CellStore.Stored> stored = new IdentityHashMap<>();
  private final Map<Cell, List<String>> older = new IdentityHashMap<>();

  public Ledger(CellStore store) {
    this.store = store;
  }

  /** Fills the folder of a cell before it appears. */
  public interface Filler {
    /**
     * Writes evidence and pictures and says what was found.
     *
     * @param path where to write
     * @param folder where it will be, below the output folder
     */
    Entry fill(Path path, String folder);
  }

  /**
   * Takes over a cell that an earlier run finished, without its speed and robustness; false if
   * there is none.
   */
  public boolean reuse(Cell cell) {
    String key = Cell.key(cell.spec());
    Optional<CellStore.Stored> found = store.find(cell.folderName(key), key);
    found.ifPresent(
        f -> {
          stored.put(cell, f);
          entries.put(
              cell, f.current().withSpeed(Optional.empty()).withRobustness(Optional.empty()));
        });
    if (found.isEmpty()) {
      older.put(cell, store.older(cell.readableName()));
    }
    return found.isPresent();
  }

  /**
   * Takes over what an earlier run found on the same frames, if the engine still answers as it did.
   *
   * @param canary what it answers now on the fixed frame
   * @return whether it was taken over
   * @throws io.drivemark.problem.BadInputException if the earlier cell contradicts itself
   */
  public boolean takeOver(Cell cell, EarlierCells.Earlier from, String canary) {
    String key = Cell.key(cell.spec());
    CellStore.Stored there = CellStore.read(from.folder());
    Entry entry = there.entry();
    boolean same =
        there.key().equals(key)
            && entry.complete()
            && entry.prints().map(Prints::canary).filter(canary::equals).isPresent();
    if (!same) {
      return false;
    }
    store.write(
        cell.folderName(key),
        key,
        there.spec(),
        there.environment(),
        path -> {
          TakenCells.copy(from, path);
          return entry.withSpeed(Optional.empty());
        });
    return reuse(cell);
  }

  private Optional<String> origin(Cell cell) {
    return stored(cell).flatMap(kept -> TakenCells.origin(store.cells.resolve(folder(cell))));
  }

  /** What a reader must know of how a cell came to be measured in this run. */
  public List<String> notes(Cell cell) {
    return Stream.concat(
            origin(cell).stream()
                .map(
                    from ->
                        "its accuracy was not measured anew, it is that of "
                            + from
                            + ": key, canary, machine and Drivemark are the same"),
            olderNotes(cell))
        .toList();
  }

  private Stream<String> olderNotes(Cell cell) {
    return older.getOrDefault(cell, List.of()).stream()
        .map(
            folder ->
                "measured anew: "
                    + CellStore.FOLDER
                    + "/"
                    + folder
                    + " is of an earlier version and does not say all that its numbers depend on"
                    + " (sequences, attributes, rules of objects and distances); it is kept and not"
                    + " shown, and may be removed");
  }

  /** Keeps a finished cell. */
  public void write(Cell cell, Environment environment, Filler filler) {
    Map<String, String> spec = cell.spec();
    String key = Cell.key(spec);
    String folder = cell.folderName(key);
    put(
        cell,
        store.write(
            folder,
            key,
            spec,
            environment,
            path -> filler.fill(path, CellStore.FOLDER + "/" + folder)));
  }

  /** Notes the entry of a cell that is not kept, because it could not be measured. */
  public void note(Cell cell, Entry entry) {
    entries.put(cell, entry);
  }

  /** Adds an issue to a cell's entry in this run's results. */
  public void addIssue(Cell cell, String issue) {
    entries.put(cell, entry(cell).withIssue(issue));
  }

  /** Adds a measured speed to a finished cell. */
  public void addSpeed(Cell cell, String latencyKey, Measurement measured, Speed speed) {
    stored.put(cell, store.addSpeed(folder(cell), finished(cell), latencyKey, measured, speed));
    reuseSpeed(cell);
  }

  /** Takes over the speed that an earlier run measured under the same conditions. */
  public void reuseSpeed(Cell cell) {
    entries.put(cell, entry(cell).withSpeed(finished(cell).entry().speed()));
  }

  /**
   * Adds what corrupted frames gave to a finished cell.
   *
   * @param filler writes evidence and pictures below the cell's folder and says what was found
   */
  public void addRobustness(Cell cell, Function<Path, Robustness> filler) {
    stored.put(cell, store.addRobustness(folder(cell), finished(cell), filler));
    reuseRobustness(cell);
  }

  /** Takes over what an earlier run found on the same corrupted frames. */
  public void reuseRobustness(Cell cell) {
    entries.put(cell, entry(cell).withRobustness(finished(cell).entry().robustness()));
  }

  /** Adds a file of evidence to a finished cell, or replaces it; named below the cell's folder. */
  public void addEvidence(Cell cell, String name, Consumer<Path> writer) {
    store.addEvidence(folder(cell), finished(cell), name, writer);
  }

  /** Adds the operators' times to the speed of a finished cell. */
  public void addOperators(Cell cell, Speed speed) {
    stored.put(cell, store.addOperators(folder(cell), finished(cell), speed));
    reuseSpeed(cell);
  }

  /** What was found of a cell so far. */
  public Entry entry(Cell cell) {
    return entries.get(cell);
  }

  /** How a cell is kept; empty if it is not finished. */
  public Optional<CellStore.Stored> stored(Cell cell) {
    return Optional.ofNullable(stored.get(cell));
  }

  /** The folder's name of a finished cell. */
  public String folder(Cell cell) {
    return cell.folderName(finished(cell).key());
  }

  private CellStore.Stored finished(Cell cell) {
    return stored(cell).orElseThrow();
  }

  private void put(Cell cell, CellStore.Stored kept) {
    stored.put(cell, kept);
    entries.put(cell, kept.current());
  }
}
