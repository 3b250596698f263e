package io.drivemark.architectures.pruning;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.Plugins;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The criteria on the class path, by name. Stateless. */
public final class Criteria {
  private Criteria() {}

  /** Names of all criteria, sorted. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The criterion of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static Criterion named(String name) {
    Map<String, Criterion> all = all();
    Criterion criterion = all.get(name);
    if (criterion == null) {
      throw new BadInputException(
          "criterion '"
              + name
              + "' is not known"
              + Nearest.hint(name, all.keySet())
              + "; there are "
              + String.join(", ", all.keySet()));
    }
    return criterion;
  }

  private static Map<String, Criterion> all() {
    Map<String, Criterion> all = new TreeMap<>();
    for (Criterion criterion : Plugins.load(Criterion.class)) {
      Criterion twin = all.put(criterion.name(), criterion);
      if (twin != null) {
        throw new BadInputException(
            "two criteria are called '"
                + criterion.name()
                + "': "
                + where(twin)
                + " and "
                + where(criterion)
                + "; remove one from the class path");
      }
    }
    return all;
  }

  private static String where(Criterion criterion) {
    return criterion.getClass().getName()
        + " in "
        + criterion.getClass().getProtectionDomain().getCodeSource().getLocation();
  }
}
