package io.drivemark.problem;

import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Plug-ins of one kind, by name; no two have one name. Immutable, as safe to share as they are.
 *
 * <pre>{@code
 * NamedPlugins.of("engine", "engines", Plugins.load(Engine.class), Engine::name).named("onnxruntime")
 * }</pre>
 */
public final class NamedPlugins<T> {
  private final String kind;
  private final Map<String, T> all = new TreeMap<>();

  private NamedPlugins(String kind) {
    this.kind = kind;
  }

  /**
   * The plug-ins found, by name.
   *
   * @param kind what one is called in a message, such as {@code engine}
   * @param kinds what several are called
   * @throws BadInputException if two have one name; the message says where each comes from
   */
  public static <T> NamedPlugins<T> of(
      String kind, String kinds, Iterable<T> found, Function<T, String> name) {
    NamedPlugins<T> plugins = new NamedPlugins<>(kind);
    for (T plugin : found) {
      T twin = plugins.all.put(name.apply(plugin), plugin);
      if (twin != null) {
        throw new BadInputException(
            "two "
                + kinds
                + " are called '"
                + name.apply(plugin)
                + "': "
                + origin(twin)
                + " and "
                + origin(plugin)
                + "; remove one from the class path");
      }
    }
    return plugins;
  }

  /** All names, sorted. */
  public List<String> names() {
    return List.copyOf(all.keySet());
  }

  /**
   * The plug-in of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public T named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new BadInputException(
                    kind
                        + " '"
                        + name
                        + "' is not known"
                        + Nearest.hint(name, all.keySet())
                        + "; there are "
                        + String.join(", ", all.keySet())));
  }

  /** The plug-in of this name; empty if there is none. */
  public Optional<T> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /** Its class, and the file it was loaded from if that is known. */
  private static String origin(Object plugin) {
    Class<?> type = plugin.getClass();
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return type.getName() + (source == null ? "" : " in " + source.getLocation());
  }
}
