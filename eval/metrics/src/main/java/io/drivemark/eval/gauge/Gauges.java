package io.drivemark.eval.gauge;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.eval.gauge.Gauge.Occasion;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.Plugins;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The gauges that are installed, those of the project and plug-ins. Immutable. */
public final class Gauges {
  private final List<Gauge> all;

  private Gauges(List<Gauge> all) {
    this.all = all;
  }

  /**
   * Those on the class path, the project's first.
   *
   * @throws UnavailableException if one cannot be loaded, or two share a name or a figure's id
   */
  public static Gauges installed() {
    return of(Plugins.load(Gauge.class));
  }

  /**
   * These.
   *
   * @throws UnavailableException if two share a name or a figure's id, or a name is none
   */
  public static Gauges of(Collection<? extends Gauge> gauges) {
    Map<String, Gauge> names = new HashMap<>();
    Map<String, Gauge> figures = new HashMap<>();
    for (Gauge gauge : gauges) {
      if (!gauge.name().matches("[a-z][a-z0-9-]*") || gauge.derivation() < 1) {
        throw new UnavailableException(
            "gauge "
                + gauge.getClass().getName()
                + ": its name '"
                + gauge.name()
                + "' must be lower case letters, digits and dashes, and its derivation "
                + gauge.derivation()
                + " at least 1");
      }
      unique("gauge name", names.put(gauge.name(), gauge), gauge, gauge.name());
      for (Figure figure : gauge.figures()) {
        unique("figure", figures.put(figure.id(), gauge), gauge, figure.id());
      }
    }
    return new Gauges(List.copyOf(gauges));
  }

  private static void unique(String what, Gauge before, Gauge gauge, String name) {
    if (before != null) {
      throw new UnavailableException(
          what
              + " '"
              + name
              + "' is of "
              + before.getClass().getName()
              + " and of "
              + gauge.getClass().getName()
              + "; rename one, or remove one from the class path");
    }
  }

  /** All of them, in the order in which reports show them. */
  public List<Gauge> all() {
    return all;
  }

  /** The one of this name, if it is installed. */
  public Optional<Gauge> find(String name) {
    return all.stream().filter(g -> g.name().equals(name)).findFirst();
  }

  /** All figures, in the order in which reports show them. */
  public List<Figure> figures() {
    return all.stream().flatMap(g -> g.figures().stream()).toList();
  }

  /** Those that judge on an occasion without being asked for, and those asked for by name. */
  public List<Gauge> on(Occasion occasion, Collection<String> asked) {
    return all.stream()
        .filter(g -> g.occasions().contains(occasion) || asked.contains(g.name()))
        .toList();
  }

  /**
   * A digest of what gauges read of a dataset besides its digest and description; empty if they
   * read nothing else.
   */
  public static Optional<String> furtherData(List<Gauge> gauges, Dataset dataset) {
    StringBuilder text = new StringBuilder();
    for (Gauge gauge : gauges) {
      gauge
          .furtherData(dataset)
          .ifPresent(data -> text.append(gauge.name()).append(' ').append(data).append('\n'));
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(Digests.of(text.toString()));
  }

  /** What gauges read of each frame besides photograph and labels; the caller's own set. */
  public static Set<FrameCache.Part> parts(List<Gauge> gauges) {
    Set<FrameCache.Part> parts = EnumSet.noneOf(FrameCache.Part.class);
    gauges.forEach(gauge -> parts.addAll(gauge.parts()));
    return parts;
  }

  /** The one that gives a figure, if any. */
  public Optional<Gauge> ofFigure(String id) {
    return all.stream()
        .filter(g -> g.figures().stream().anyMatch(f -> f.id().equals(id)))
        .findFirst();
  }

  /** Names of those that must be asked for on an occasion. */
  public List<String> onRequest(Occasion occasion) {
    List<String> names = new ArrayList<>();
    for (Gauge gauge : all) {
      if (!gauge.occasions().contains(occasion)) {
        names.add(gauge.name());
      }
    }
    return names;
  }

  /**
   * Checks a name that was asked for.
   *
   * @throws BadInputException if no gauge has it; the message lists those that can be asked for
   */
  public String require(String name, Occasion occasion) {
    if (find(name).isEmpty()) {
      List<String> known = onRequest(occasion);
      throw new BadInputException(
          "no further metric is called '"
              + name
              + "'"
              + Nearest.hint(name, known)
              + "; known: "
              + String.join(", ", known));
    }
    return name;
  }
}
