package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.store.folder.RunFacts.MemberFacts;
import io.drivemark.eval.history.store.folder.RunFacts.RotationFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The rotations of a run, from the speeds of its cells. The reference takes part in each rotation;
 * where its own cell was timed in another one it is a member beside the cells, and so is the A-A
 * control. Stateless.
 */
final class TurnsTaken {
  private TurnsTaken() {}

  static List<RotationFacts> of(List<Entry> entries) {
    Map<String, List<Entry>> byRotation = new LinkedHashMap<>();
    for (Entry entry : entries) {
      entry
          .speed()
          .flatMap(Speed::rotation)
          .ifPresent(r -> byRotation.computeIfAbsent(r.id(), id -> new ArrayList<>()).add(entry));
    }
    List<RotationFacts> out = new ArrayList<>();
    byRotation.forEach((id, cells) -> out.add(rotation(id, cells)));
    return out;
  }

  private static RotationFacts rotation(String id, List<Entry> cells) {
    Speed speed = cells.get(0).speed().orElseThrow();
    Speed.Rotation rotation = speed.rotation().orElseThrow();
    List<MemberFacts> members = new ArrayList<>();
    if (cells.stream().noneMatch(cell -> isReference(cell, rotation))) {
      members.add(new MemberFacts("reference", Figures.LATENCY, Math.log(rotation.referenceMs())));
    }
    Optional<Speed.Control> control = speed.control();
    control
        .map(c -> c.ratio() * rotation.referenceMs())
        .filter(ms -> ms > 0)
        .ifPresent(ms -> members.add(new MemberFacts("control", Figures.LATENCY, Math.log(ms))));
    OptionalDouble band =
        control.isPresent()
            ? OptionalDouble.of((control.get().bandHigh() - control.get().bandLow()) / 2)
            : OptionalDouble.empty();
    return new RotationFacts(id, band, rotation.sessions(), members);
  }

  /** Its cell has the rotation's times only where it was timed as a cell in this rotation. */
  private static boolean isReference(Entry cell, Speed.Rotation rotation) {
    String title =
        cell.model().name()
            + " on "
            + cell.dataset().name()
            + "/"
            + cell.dataset().split()
            + " with "
            + cell.engine().name()
            + " at "
            + cell.input();
    return title.equals(rotation.reference())
        && cell.speed().orElseThrow().endToEnd().mean() == rotation.referenceMs();
  }
}
