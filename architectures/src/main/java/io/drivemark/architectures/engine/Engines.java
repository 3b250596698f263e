package io.drivemark.architectures.engine;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.Plugins;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The engines on the class path, by name. Looking one up loads no native library. Stateless. */
public final class Engines {
  private Engines() {}

  /** Names of all engines, sorted. */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The engine of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static Engine named(String name) {
    Map<String, Engine> all = all();
    Engine engine = all.get(name);
    if (engine == null) {
      throw new BadInputException(
          "engine '"
              + name
              + "' is not known"
              + Nearest.hint(name, all.keySet())
              + "; there are "
              + String.join(", ", all.keySet()));
    }
    return engine;
  }

  private static Map<String, Engine> all() {
    Map<String, Engine> all = new TreeMap<>();
    for (Engine engine : Plugins.load(Engine.class)) {
      Engine twin = all.put(engine.name(), engine);
      if (twin != null) {
        throw new BadInputException(
            "two engines are called '"
                + engine.name()
                + "': "
                + where(twin)
                + " and "
                + where(engine)
                + "; remove one from the class path");
      }
    }
    return all;
  }

  private static String where(Engine engine) {
    return engine.getClass().getName()
        + " in "
        + engine.getClass().getProtectionDomain().getCodeSource().getLocation();
  }
}
