package io.drivemark.architectures.cue;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.NamedPlugins;
import io.drivemark.problem.Plugins;
import java.util.List;
import java.util.Optional;

/** The kinds of cues on the class path, by name. Stateless. */
public final class CueTypes {
  private CueTypes() {}

  /** Names of all kinds, sorted. */
  public static List<String> names() {
    return all().names();
  }

  /**
   * The kind of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static CueType named(String name) {
    return all().named(name);
  }

  /** The kind of this name; empty if there is none. */
  public static Optional<CueType> find(String name) {
    return all().find(name);
  }

  private static NamedPlugins<CueType> all() {
    return NamedPlugins.of("cue", "cues", Plugins.load(CueType.class), CueType::name);
  }
}
