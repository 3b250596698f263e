package io.drivemark.architectures.head;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Plugins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of heads on the class path, by name. Stateless. */
public final class HeadTypes {
  private HeadTypes() {}

  /** Names of all kinds, sorted. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The reader of the kind of this name; empty if there is none.
   *
   * @throws BadInputException if two on the class path have one name
   */
  public static Optional<HeadType> named(String name) {
    return Optional.ofNullable(all().get(name));
  }

  private static Map<String, HeadType> all() {
    Map<String, HeadType> all = new TreeMap<>();
    for (HeadType type : Plugins.load(HeadType.class)) {
      HeadType twin = all.put(type.name(), type);
      if (twin != null) {
        throw new BadInputException(
            "two kinds of heads are called '"
                + type.name()
                + "': "
                + where(twin)
                + " and "
                + where(type)
                + "; remove one from the class path");
      }
    }
    return all;
  }

  private static String where(HeadType type) {
    return type.getClass().getName()
        + " in "
        + type.getClass().getProtectionDomain().getCodeSource().getLocation();
  }
}
