package io.drivemark.datasets.corruption;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.Plugins;
import io.drivemark.problem.UnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The corruptions that are installed, those of the project and plug-ins. Immutable. */
public final class Corruptions {
  private static final int SEVERITIES = Corruption.MOST - Corruption.LEAST + 1;

  private final List<Corruption> all;

  private Corruptions(List<Corruption> all) {
    this.all = all;
  }

  /**
   * Those on the class path, the project's first.
   *
   * @throws UnavailableException if one cannot be loaded, two share a name, or one is not described
   *     as it must be
   */
  public static Corruptions installed() {
    return of(Plugins.load(Corruption.class));
  }

  /**
   * These.
   *
   * @throws UnavailableException as {@link #installed}
   */
  public static Corruptions of(Collection<? extends Corruption> corruptions) {
    Map<String, Corruption> names = new HashMap<>();
    for (Corruption corruption : corruptions) {
      String type = corruption.getClass().getName();
      if (!corruption.name().matches("[a-z][a-z0-9-]*")
          || corruption.derivation() < 1
          || corruption.settings().size() != SEVERITIES) {
        throw new UnavailableException(
            "corruption "
                + type
                + ": its name '"
                + corruption.name()
                + "' must be lower case letters, digits and dashes, its derivation "
                + corruption.derivation()
                + " at least 1, and its "
                + corruption.settings().size()
                + " settings five");
      }
      Corruption other = names.put(corruption.name(), corruption);
      if (other != null) {
        throw new UnavailableException(
            "corruption name '"
                + corruption.name()
                + "' is of "
                + other.getClass().getName()
                + " and of "
                + type
                + "; rename one, or remove one from the class path");
      }
    }
    return new Corruptions(List.copyOf(corruptions));
  }

  /** All of them, in the order in which reports show them. */
  public List<Corruption> all() {
    return all;
  }

  /** Their names, in that order. */
  public List<String> names() {
    return all.stream().map(Corruption::name).toList();
  }

  /**
   * The one of this name.
   *
   * @throws BadInputException if none has it; the message lists those there are
   */
  public Corruption require(String name) {
    return all.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "no corruption is called '"
                        + name
                        + "'"
                        + Nearest.hint(name, names())
                        + "; known: "
                        + String.join(", ", names())));
  }

  /**
   * A corruption of this name at a severity.
   *
   * @throws BadInputException if there is no such corruption or severity
   */
  public CorruptionLevel level(String name, int severity) {
    return new CorruptionLevel(require(name), severity);
  }
}
