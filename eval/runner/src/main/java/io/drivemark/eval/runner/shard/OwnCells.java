package io.drivemark.eval.runner.shard;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.eval.runner.plan.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which cells of a work list this machine has, to the last bit of what their accuracy depends on.
 * Immutable.
 */
final class OwnCells {
  private final Map<WorkCell, Cell> own = new LinkedHashMap<>();
  private final Map<WorkCell, String> refusals = new LinkedHashMap<>();

  /**
   * @param cells of this machine
   */
  OwnCells(WorkList list, List<Cell> cells) {
    Map<String, Cell> byFolder = new LinkedHashMap<>(); // models of two names may be alike
    for (Cell cell : cells) {
      String key = Cell.key(cell.spec());
      byFolder.put(folder(cell.folderName(key), key), cell);
    }
    for (WorkCell wanted : list.cells()) {
      Cell cell = byFolder.get(folder(wanted.folder(), wanted.key()));
      if (cell != null && cell.availability() instanceof Availability.Ready) {
        otherCut(wanted, cell)
            .ifPresentOrElse(why -> refusals.put(wanted, why), () -> own.put(wanted, cell));
      } else {
        refusals.put(wanted, refusal(wanted, cells));
      }
    }
  }

  private static String folder(String name, String key) {
    return name + " " + key;
  }

  /** The cells of the list that this machine has. */
  Map<WorkCell, Cell> cells() {
    return own;
  }

  /** Why each of the others cannot be measured here, a sentence each. */
  List<String> refusals() {
    return List.copyOf(refusals.values());
  }

  /** Why a cell that is not among {@link #cells} cannot be measured here. */
  String refusal(WorkCell wanted) {
    return refusals.get(wanted);
  }

  /** A gauge that is installed here may look at more frames than the work list knows of. */
  private static Optional<String> otherCut(WorkCell wanted, Cell cell) {
    int around = WorkPlanner.around(cell);
    Optional<String> whole = WorkPlanner.whole(cell);
    if (whole.isPresent() && wanted.ranges().size() > 1) {
      return Optional.of(
          wanted.title()
              + ": the work list cuts its frames into "
              + wanted.ranges().size()
              + " ranges, but one worker must take all of them: "
              + whole.get());
    }
    return whole.isPresent() || around == wanted.around()
        ? Optional.empty()
        : Optional.of(
            wanted.title()
                + ": its gauges look at "
                + around
                + " frames on either side here, the work list says "
                + wanted.around());
  }

  private static String refusal(WorkCell wanted, List<Cell> cells) {
    Optional<Cell> similar =
        cells.stream().filter(cell -> cell.title().equals(wanted.title())).findFirst();
    if (similar.isEmpty()) {
      return wanted.title() + ": not among the cells of this machine's study";
    }
    if (similar.get().availability() instanceof Availability.Missing missing) {
      return wanted.title()
          + ": engine "
          + similar.get().engine().name()
          + " cannot run here: "
          + missing.reason()
          + "; "
          + missing.remedy();
    }
    List<String> differences = new ArrayList<>();
    Map<String, String> here = similar.get().spec();
    TreeSet<String> names = new TreeSet<>(wanted.spec().keySet());
    names.addAll(here.keySet());
    for (String name : names) {
      String ours = here.getOrDefault(name, "nothing");
      String theirs = wanted.spec().getOrDefault(name, "nothing");
      if (!ours.equals(theirs)) {
        differences.add(name + " is " + ours + " here, " + theirs + " in the work list");
      }
    }
    return wanted.title()
        + ": this machine would measure something else: "
        + String.join("; ", differences);
  }
}
