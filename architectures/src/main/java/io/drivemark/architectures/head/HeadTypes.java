package io.drivemark.architectures.head;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.NamedPlugins;
import io.drivemark.problem.Plugins;
import java.util.List;
import java.util.Optional;

/** The kinds of heads on the class path, by name. Stateless. */
public final class HeadTypes {
  private HeadTypes() {}

  /** Names of all kinds, sorted. */
  public static List<String> names() {
    return all().names();
  }

  /**
   * The reader of the kind of this name; empty if there is none.
   *
   * @throws BadInputException if two on the class path have one name
   */
  public static Optional<HeadType> named(String name) {
    return all().find(name);
  }

  private static NamedPlugins<HeadType> all() {
    return NamedPlugins.of(
        "kind of head", "kinds of heads", Plugins.load(HeadType.class), HeadType::name);
  }
}
