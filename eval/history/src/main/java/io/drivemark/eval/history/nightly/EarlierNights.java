package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.CellRecord;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.EarlierCells;
import io.drivemark.eval.runner.store.TakenCells;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cells of the nights before whose accuracy may stand for tonight's: measured on this machine by
 * this very program, complete, with all of their evidence, and fewer nights ago than the plan says.
 * Nights that were killed are none. What a person took out of all baselines stands for nothing, nor
 * does what was taken over from it. Immutable; looks at the disk each time it is asked.
 */
final class EarlierNights implements EarlierCells {
  private final List<NightFolder> before; // in their order
  private final Set<String> excluded;
  private final int every;
  private final MachineKey machine;
  private final Optional<String> program;

  private EarlierNights(
      List<NightFolder> before, Set<String> excluded, int every, Environment here) {
    this.before = before;
    this.excluded = excluded;
    this.every = every;
    this.machine = MachineKey.of(here);
    this.program = here.conditions().map(Conditions::drivemark);
  }

  /**
   * What a night may take over; nothing where it measures everything anew.
   *
   * @param excluded names of nights that a person took out of all baselines
   */
  static EarlierCells of(NightPlan plan, NightFolder tonight, Set<String> excluded) {
    if (!plan.accuracy().changed()) {
      return EarlierCells.NONE;
    }
    List<NightFolder> others =
        NightFolder.all(plan.folder()).stream()
            .filter(n -> !n.equals(tonight))
            .filter(n -> NightJson.read(n.record()).finished().isPresent())
            .toList();
    return new EarlierNights(
        others, excluded, plan.accuracy().every(), Machine.environment(Map.of()));
  }

  @Override
  public Optional<Earlier> find(String key, String folder) {
    for (int i = before.size() - 1; i >= 0; i--) {
      Path cell = before.get(i).path().resolve(CellStore.FOLDER).resolve(folder);
      if (Files.isDirectory(cell) && !excluded.contains(before.get(i).id())) {
        return find(key, cell, before.get(i).id());
      }
    }
    return Optional.empty();
  }

  private Optional<Earlier> find(String key, Path cell, String night) {
    String origin = TakenCells.origin(cell).orElse(night);
    int measured = before.stream().map(NightFolder::id).toList().indexOf(origin);
    boolean recent = measured >= 0 && before.size() - measured < every;
    return recent && !excluded.contains(origin) && isOfNow(key, cell)
        ? Optional.of(new Earlier(cell, origin))
        : Optional.empty();
  }

  private boolean isOfNow(String key, Path cell) {
    CellRecord record;
    try {
      record = CellRecord.read(cell);
    } catch (BadInputException e) {
      return false; // one that cannot be trusted is measured anew
    }
    return record.key().equals(key)
        && record.entry().complete()
        && record.missing(cell).isEmpty()
        && program.isPresent()
        && program.equals(record.environment().conditions().map(Conditions::drivemark))
        && machine.equals(MachineKey.of(record.environment()));
  }

  /**
   * The names of the nights that accuracies of a night were taken over from, by keys of series; of
   * those that were measured anew there is none.
   *
   * @param result the night's
   */
  static Map<String, String> taken(NightFolder night, StudyResult result) {
    Map<String, String> out = new LinkedHashMap<>();
    for (Entry entry : result.entries()) {
      if (!entry.folder().isEmpty()) {
        TakenCells.origin(night.path().resolve(entry.folder()))
            .ifPresent(origin -> out.put(SeriesKey.of(entry).digest(), origin));
      }
    }
    return out;
  }

  /** The same in words. */
  static String words(Map<String, String> taken, int cells) {
    return "the accuracy of "
        + taken.size()
        + " of "
        + cells
        + (cells == 1 ? " cell" : " cells")
        + " was not measured anew, it is that of "
        + String.join(", ", new TreeSet<>(taken.values()))
        + ": key, canary, machine and Drivemark are the same";
  }
}
