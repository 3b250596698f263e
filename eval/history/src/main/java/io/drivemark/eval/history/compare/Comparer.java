package io.drivemark.eval.history.compare;

import io.drivemark.eval.history.compare.CellComparison.ClassChange;
import io.drivemark.eval.history.compare.Pairing.Pair;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.statistics.AdjustedP;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares two output folders of runs, or nights with their further processes. Cells are paired by
 * their series; of each pair it is said first whether the bits are the same, then what moved, then
 * whether that is worse on these frames, which is exact, and apart from it whether it would be on
 * others. Stateless.
 *
 * <p>Every difference is B less A, and changes its sign exactly where A and B are exchanged.
 */
public final class Comparer {
  private static final String UNKNOWN = "not known";

  private Comparer() {}

  /**
   * Compares.
   *
   * @param nameA how the first was asked for
   * @param folderA of the first
   * @param nameB how the second was asked for
   * @param folderB of the second, which is judged
   * @throws io.drivemark.problem.BadInputException if a folder holds no results, or some that
   *     contradict themselves
   */
  public static Comparison compare(
      String nameA, Path folderA, String nameB, Path folderB, Allowance allowance) {
    Read a = Read.of(nameA, folderA);
    Read b = Read.of(nameB, folderB);
    Pairing pairing = Pairing.of(a, b);
    List<Unpaired> unpaired = new ArrayList<>(pairing.unpaired());
    List<CellComparison> cells = new ArrayList<>();
    List<Pair> compared = new ArrayList<>();
    for (Pair pair : pairing.pairs()) {
      CellComparer.compare(pair, a, b, allowance, unpaired)
          .ifPresent(
              cell -> {
                cells.add(cell);
                compared.add(pair);
              });
    }
    LatencyComparer.Result latency = new LatencyComparer(a, b, allowance).compare(compared);
    List<CellComparison> adjusted = adjusted(cells);
    List<CellComparison> out = new ArrayList<>();
    for (int i = 0; i < adjusted.size(); i++) {
      out.add(adjusted.get(i).with(latency.changes().get(i)));
    }
    return new Comparison(
        a.side(), b.side(), allowance, conditions(a, b), out, unpaired, latency.shared());
  }

  /**
   * How the predictions of all cells that can be compared differ, exactly; latencies are not looked
   * at, and p-values heed no other cell.
   *
   * @throws io.drivemark.problem.BadInputException as {@link #compare}
   */
  public static List<CellComparison> predictions(Path folderA, Path folderB) {
    Read a = Read.study(folderA.toString(), folderA);
    Read b = Read.study(folderB.toString(), folderB);
    List<Unpaired> refused = new ArrayList<>();
    return Pairing.of(a, b).pairs().stream()
        .flatMap(p -> CellComparer.compare(p, a, b, Allowance.defaults(), refused).stream())
        .toList();
  }

  /** Holm over the measures of all cells that have a p, Benjamini and Hochberg over all classes. */
  private static List<CellComparison> adjusted(List<CellComparison> cells) {
    double[] measures =
        AdjustedP.holm(cells.stream().flatMapToDouble(c -> c.elsewhere().p().stream()).toArray());
    double[] classes =
        AdjustedP.benjaminiHochberg(
            cells.stream()
                .flatMap(c -> c.classes().stream())
                .flatMapToDouble(c -> c.elsewhere().p().stream())
                .toArray());
    List<CellComparison> out = new ArrayList<>();
    int nextMeasure = 0;
    int nextClass = 0;
    for (CellComparison cell : cells) {
      Elsewhere elsewhere = cell.elsewhere();
      if (elsewhere.p().isPresent()) {
        double gain = cell.measure().merit(cell.difference().orElse(0));
        elsewhere = elsewhere.adjusted(measures[nextMeasure++], gain);
      }
      List<ClassChange> changes = new ArrayList<>();
      for (ClassChange change : cell.classes()) {
        boolean tested = change.elsewhere().p().isPresent();
        changes.add(
            tested
                ? change.with(
                    change
                        .elsewhere()
                        .adjusted(classes[nextClass++], change.difference().orElse(0)))
                : change);
      }
      out.add(cell.with(elsewhere, changes));
    }
    return out;
  }

  /** What the two were measured under differently. */
  private static List<Changed> conditions(Read a, Read b) {
    Map<String, String> first = conditions(a.side());
    Map<String, String> second = conditions(b.side());
    TreeSet<String> names = new TreeSet<>(first.keySet());
    names.addAll(second.keySet());
    return names.stream()
        .map(
            name ->
                new Changed(
                    name, first.getOrDefault(name, UNKNOWN), second.getOrDefault(name, UNKNOWN)))
        .filter(changed -> !changed.inA().equals(changed.inB()))
        .toList();
  }

  private static Map<String, String> conditions(Side side) {
    Environment environment = side.environment();
    Map<String, String> out = new TreeMap<>(environment.libraries());
    out.put("machine", side.machine().label());
    out.put("system", environment.operatingSystem());
    out.put("Java", environment.javaRuntime());
    Optional<Conditions> conditions = environment.conditions();
    conditions.ifPresent(
        c -> {
          out.put("kernel", c.kernel());
          c.governor().ifPresent(governor -> out.put("governor", governor));
          c.tickHz().ifPresent(tick -> out.put("kernel tick", tick + " Hz"));
          c.microcode().ifPresent(microcode -> out.put("microcode", microcode));
          out.put("Drivemark", c.drivemark());
        });
    return out;
  }
}
