package io.drivemark.eval.runner.plan.driving;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.Task;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of late answers cannot be said on a dataset, and what to declare. Stateless. */
final class ClipNotes {
  private ClipNotes() {}

  /** A sentence for each thing that is missing; reads one frame's objects. */
  static List<String> of(Dataset dataset) {
    List<String> out = new ArrayList<>();
    String name = dataset.name() + "/" + dataset.split();
    List<LabelClass> classes = dataset.labels().classes();
    boolean people = classes.stream().anyMatch(LabelClass::vulnerable);
    if (!hasObjects(dataset)) {
      out.add(
          "when objects are first answered is not judged: "
              + name
              + " tells no objects apart; declare layout.instances with numbers that last along a"
              + " drive, and instances: true at classes of single objects");
    } else if (!dataset.tasks().contains(Task.DEPTH)) {
      out.add(
          "how far off objects are when they are first answered is not said: "
              + name
              + " has no distances; declare layout.depth with depth: {metresPerUnit: 0.01}");
    }
    if (!people) {
      out.add(
          "people are not looked for in late answers: none of the classes of "
              + name
              + " are people; declare vulnerable: true at the classes of pedestrians and riders");
    }
    if (Drivable.of(dataset).isEmpty()) {
      out.add(
          "what late answers take for road is not counted: "
              + name
              + " does not say which classes can be driven on; declare drivable: ["
              + classes.get(0).name()
              + "] with the names of its classes that can");
    }
    return out;
  }

  /** By the first frame that can be read; what is damaged is said where it is judged. */
  private static boolean hasObjects(Dataset dataset) {
    for (int i = 0; i < dataset.ids().size(); i++) {
      Optional<Boolean> there = hasObjects(dataset.frame(i));
      if (there.isPresent()) {
        return there.get();
      }
    }
    return true;
  }

  private static Optional<Boolean> hasObjects(Frame frame) {
    try {
      return Optional.of(frame.objects().isPresent());
    } catch (BadInputException damaged) {
      return Optional.empty();
    }
  }
}
