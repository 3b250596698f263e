package io.drivemark.architectures.pruning.gate;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.NamedPlugins;
import io.drivemark.problem.Plugins;
import java.util.List;

/** The rules for gates on the class path, by name. Stateless. */
public final class GateCriteria {
  private GateCriteria() {}

  /** Names of all rules, sorted. */
  public static List<String> names() {
    return all().names();
  }

  /**
   * The rule of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static GateCriterion named(String name) {
    return all().named(name);
  }

  private static NamedPlugins<GateCriterion> all() {
    return NamedPlugins.of(
        "target", "targets of gates", Plugins.load(GateCriterion.class), GateCriterion::name);
  }
}
