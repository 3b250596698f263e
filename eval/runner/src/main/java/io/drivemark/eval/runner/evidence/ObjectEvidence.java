package io.drivemark.eval.runner.evidence;

import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceCounts.Group;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.runner.judge.FrameJudge;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of each frame by class and size as a file: how many there were and how many of their
 * pixels were right. Objects of classes without a score are left out. Stateless.
 */
public final class ObjectEvidence {
  public static final String FILE = "evidence/objects.csv";

  private static final List<String> HEADER =
      List.of("sample", "class", "pixels", "objects", "right", "rightCategory");

  private ObjectEvidence() {}

  /** The counts of frames by sample id; empty if a frame has none. */
  public static Optional<Map<String, InstanceCounts>> of(Map<String, FrameJudge.Judged> judged) {
    Map<String, InstanceCounts> out = new LinkedHashMap<>();
    judged.forEach((id, frame) -> frame.instances().ifPresent(counts -> out.put(id, counts)));
    return out.isEmpty() || out.size() < judged.size() ? Optional.empty() : Optional.of(out);
  }

  public static void write(Path file, Map<String, InstanceCounts> bySample) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    bySample.forEach(
        (id, counts) -> {
          List<InstanceRules.Kind> kinds = counts.rules().kinds();
          for (int kind = 0; kind < kinds.size(); kind++) {
            if (kinds.get(kind).classIndex().isPresent()) {
              String name = kinds.get(kind).name();
              counts
                  .groups(kind)
                  .forEach((pixels, group) -> rows.add(row(id, name, pixels, group)));
            }
          }
        });
    Csv.write(file, rows);
  }

  private static List<String> row(String id, String name, long pixels, Group group) {
    return List.of(
        id,
        name,
        Long.toString(pixels),
        Long.toString(group.objects()),
        Long.toString(group.right()),
        Long.toString(group.rightCategory()));
  }

  /**
   * Reads the sum over all frames back.
   *
   * @throws BadInputException if the file is damaged or names a class that the rules do not weigh
   */
  public static InstanceCounts read(Path file, InstanceRules rules) {
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(HEADER)) {
      throw new BadInputException(file + ": expected the columns " + String.join(",", HEADER));
    }
    try {
      return read(file, rows, rules);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static InstanceCounts read(Path file, List<List<String>> rows, InstanceRules rules) {
    Map<String, Map<Long, Group>> groups = new LinkedHashMap<>();
    rules.kinds().forEach(kind -> groups.put(kind.name(), new LinkedHashMap<>()));
    for (int r = 1; r < rows.size(); r++) {
      List<String> row = rows.get(r);
      Map<Long, Group> ofClass = groups.get(row.get(1));
      if (ofClass == null) {
        throw new BadInputException(
            file + ": row " + (r + 1) + ": class " + row.get(1) + " has no mean object size");
      }
      Group group =
          new Group(
              Csv.number(file, r, row.get(3)),
              Csv.number(file, r, row.get(4)),
              Csv.number(file, r, row.get(5)));
      ofClass.merge(Csv.number(file, r, row.get(2)), group, ObjectEvidence::sum);
    }
    return InstanceCounts.of(rules, List.copyOf(groups.values()));
  }

  private static Group sum(Group a, Group b) {
    return new Group(
        Math.addExact(a.objects(), b.objects()),
        Math.addExact(a.right(), b.right()),
        Math.addExact(a.rightCategory(), b.rightCategory()));
  }
}
