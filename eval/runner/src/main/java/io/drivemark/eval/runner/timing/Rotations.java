package io.drivemark.eval.runner.timing;

import io.drivemark.architectures.model.Model;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.CuedCells;
import io.drivemark.eval.runner.plan.GatedCells;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Divides the cells of a dataset into rotations, whose cells are timed in turns. One rotation holds
 * all cells if that many sessions may be open together. Otherwise there are several, and the first
 * cell, the reference, is in each, so that latencies of different rotations can be compared by
 * their ratios to it. Variants and their parent share a rotation on each engine where they fit,
 * because they are compared with each other. Stateless.
 */
final class Rotations {
  private Rotations() {}

  /**
   * Rotations of cells.
   *
   * @param cells of one dataset, at least one
   * @param sessions how many may be open together, at least 2; a gated network takes three, one
   *     with cues as many as these run, also where that is more than there is room for
   * @return at least one rotation; each begins with the first cell, and every other cell is in
   *     exactly one
   */
  public static List<List<Cell>> of(List<Cell> cells, int sessions) {
    if (sessions(cells) <= sessions) {
      return List.of(cells);
    }
    Cell reference = cells.get(0);
    List<List<Cell>> rotations = new ArrayList<>();
    for (List<Cell> family : families(cells)) {
      List<Cell> rest = family.stream().filter(cell -> cell != reference).toList();
      int room = sessions - sessions(List.of(reference));
      for (int from = 0; from < rest.size(); ) {
        int to = from + 1;
        while (to < rest.size() && sessions(rest.subList(from, to + 1)) <= room) {
          to++;
        }
        place(rest.subList(from, to), rotations, sessions, reference);
        from = to;
      }
    }
    return rotations.stream().map(List::copyOf).toList();
  }

  /**
   * How many sessions cells open: one each; of gated networks also one with all units live and one
   * in masked form; of networks with cues also one for each that these run besides.
   */
  private static int sessions(List<Cell> cells) {
    return cells.size()
        + 2 * (int) cells.stream().filter(GatedCells::isGated).count()
        + cells.stream().mapToInt(CuedCells::furtherNetworks).sum();
  }

  /** Puts cells into the first rotation that has room for all of them, or into a new one. */
  private static void place(
      List<Cell> cells, List<List<Cell>> rotations, int sessions, Cell reference) {
    Optional<List<Cell>> free =
        rotations.stream().filter(r -> sessions(r) + sessions(cells) <= sessions).findFirst();
    if (free.isEmpty()) {
      List<Cell> fresh = new ArrayList<>(List.of(reference));
      rotations.add(fresh);
      free = Optional.of(fresh);
    }
    free.get().addAll(cells);
  }

  /** Cells of one engine whose networks come from one, in the order their firsts stand in. */
  private static List<List<Cell>> families(List<Cell> cells) {
    Map<String, Model> models = new LinkedHashMap<>();
    cells.forEach(cell -> models.put(cell.model().spec().name(), cell.model()));
    Map<String, Map<String, List<Cell>>> byRoot = new LinkedHashMap<>();
    for (Cell cell : cells) {
      String setup = cell.engine().name() + " " + cell.options().threads();
      byRoot
          .computeIfAbsent(root(cell.model(), models), r -> new LinkedHashMap<>())
          .computeIfAbsent(setup, s -> new ArrayList<>())
          .add(cell);
    }
    return byRoot.values().stream().flatMap(setups -> setups.values().stream()).toList();
  }

  /** The name of the network among these that this one comes from, however many steps back. */
  private static String root(Model model, Map<String, Model> models) {
    Model root = model;
    for (int steps = 0; steps < models.size(); steps++) {
      Optional<Model> parent = root.spec().variant().parent().map(models::get);
      if (parent.isEmpty()) {
        break;
      }
      root = parent.get();
    }
    return root.spec().name();
  }
}
