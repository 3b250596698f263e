package io.drivemark.eval.runner;

import io.drivemark.eval.runner.accuracy.Method;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.CuedCells;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.driving.Clips;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.robust.RobustnessStage;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.eval.runner.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The entries of a plan's cells, with what is said of them besides numbers. Stateless. */
final class CellEntries {
  private CellEntries() {}

  /**
   * One entry a cell, in the plan's order.
   *
   * @param ledger has one of each
   */
  static List<Entry> of(Plan plan, Study study, Method method, Ledger ledger) {
    return withNotes(
        plan, plan.cells().stream().map(cell -> described(cell, study, method, ledger)).toList());
  }

  /** What can be said anew of a cell that an earlier run may have measured. */
  private static Entry described(Cell cell, Study study, Method method, Ledger ledger) {
    Entry entry = ledger.entry(cell);
    List<String> notes =
        Stream.of(
                cell.model().notes(),
                entry.notes(),
                ledger.notes(cell),
                cell.clips().map(Clips::notes).orElse(List.of()),
                CuedCells.notes(cell, study))
            .flatMap(List::stream)
            .distinct()
            .toList();
    ModelFacts facts = cell.modelFacts();
    List<String> found = entry.model().reading(); // when it was opened; a file tells less
    return entry
        .withModel(found.isEmpty() ? facts : facts.withReading(found))
        .withMethod(methods(cell, method, entry))
        .withNotes(notes);
  }

  private static Map<String, String> methods(Cell cell, Method method, Entry entry) {
    Map<String, String> ways = method.of(cell);
    if (entry.robustness().isPresent()) {
      ways.put("corrupted frames", RobustnessStage.method());
    }
    return ways;
  }

  /** Says once of each model where it is not run, in the notes of its first entry. */
  private static List<Entry> withNotes(Plan plan, List<Entry> entries) {
    Map<String, String> open = new TreeMap<>(plan.notes());
    List<Entry> out = new ArrayList<>();
    for (Entry entry : entries) {
      String note = open.remove(entry.model().name());
      List<String> notes = new ArrayList<>(entry.notes());
      if (note != null) {
        notes.add(note);
      }
      out.add(entry.withNotes(notes));
    }
    return out;
  }
}
