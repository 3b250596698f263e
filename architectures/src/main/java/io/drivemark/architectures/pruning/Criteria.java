package io.drivemark.architectures.pruning;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.NamedPlugins;
import io.drivemark.problem.Plugins;
import java.util.List;

/** The criteria on the class path, by name. Stateless. */
public final class Criteria {
  private Criteria() {}

  /** Names of all criteria, sorted. */
  public static List<String> names() {
    return all().names();
  }

  /**
   * The criterion of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static Criterion named(String name) {
    return all().named(name);
  }

  private static NamedPlugins<Criterion> all() {
    return NamedPlugins.of("criterion", "criteria", Plugins.load(Criterion.class), Criterion::name);
  }
}
