package io.drivemark.architectures.engine;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.NamedPlugins;
import io.drivemark.problem.Plugins;
import java.util.List;

/** The engines on the class path, by name. Looking one up loads no native library. Stateless. */
public final class Engines {
  private Engines() {}

  /** Names of all engines, sorted. */
  public static List<String> names() {
    return all().names();
  }

  /**
   * The engine of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static Engine named(String name) {
    return all().named(name);
  }

  private static NamedPlugins<Engine> all() {
    return NamedPlugins.of("engine", "engines", Plugins.load(Engine.class), Engine::name);
  }
}
