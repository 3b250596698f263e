package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.Network;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.Plugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The architectures on the class path, by name: those a jar names itself, and those of every {@link
 * ArchitectureSource}. Stateless.
 */
public final class Architectures {
  private Architectures() {}

  /** Names of all architectures, sorted. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The architecture of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static Architecture named(String name) {
    Map<String, Architecture> all = all();
    Architecture architecture = all.get(name);
    if (architecture == null) {
      throw new BadInputException(
          "architecture '"
              + name
              + "' is not known"
              + Nearest.hint(name, all.keySet())
              + "; there are "
              + String.join(", ", all.keySet()));
    }
    return architecture;
  }

  /**
   * Builds a network by name.
   *
   * @throws BadInputException if there is no such architecture or an option does not fit
   */
  public static Network build(String name, Map<String, String> options, int classes, long seed) {
    return named(name).build(options, classes, seed);
  }

  private static Map<String, Architecture> all() {
    Map<String, Architecture> all = new TreeMap<>();
    List<Architecture> found = new ArrayList<>();
    Plugins.load(ArchitectureSource.class).forEach(source -> found.addAll(source.architectures()));
    found.addAll(Plugins.load(Architecture.class));
    for (Architecture architecture : found) {
      Architecture twin = all.put(architecture.name(), architecture);
      if (twin != null) {
        throw new BadInputException(
            "two architectures are called '"
                + architecture.name()
                + "': "
                + where(twin)
                + " and "
                + where(architecture)
                + "; remove one from the class path");
      }
    }
    return all;
  }

  private static String where(Architecture architecture) {
    return architecture.getClass().getName()
        + " in "
        + architecture.getClass().getProtectionDomain().getCodeSource().getLocation();
  }
}
