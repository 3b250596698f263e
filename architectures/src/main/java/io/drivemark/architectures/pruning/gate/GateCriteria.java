package io.drivemark.architectures.pruning.gate;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.Plugins;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules for gates on the class path, by name. Stateless. */
public final class GateCriteria {
  private GateCriteria() {}

  /** Names of all rules, sorted. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The rule of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static GateCriterion named(String name) {
    Map<String, GateCriterion> all = all();
    GateCriterion criterion = all.get(name);
    if (criterion == null) {
      throw new BadInputException(
          "target '"
              + name
              + "' is not known"
              + Nearest.hint(name, all.keySet())
              + "; there are "
              + String.join(", ", all.keySet()));
    }
    return criterion;
  }

  private static Map<String, GateCriterion> all() {
    Map<String, GateCriterion> all = new TreeMap<>();
    for (GateCriterion criterion : Plugins.load(GateCriterion.class)) {
      GateCriterion twin = all.put(criterion.name(), criterion);
      if (twin != null) {
        throw new BadInputException(
            "two targets of gates are called '"
                + criterion.name()
                + "': "
                + twin.getClass().getName()
                + " and "
                + criterion.getClass().getName()
                + "; remove one from the class path");
      }
    }
    return all;
  }
}
