package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.Network;
import io.drivemark.datasets.Task;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.NamedPlugins;
import io.drivemark.problem.Plugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The architectures on the class path, by name: those a jar names itself, and those of every {@link
 * ArchitectureSource}. Stateless.
 */
public final class Architectures {
  private Architectures() {}

  /** Names of all architectures, sorted. */
  public static List<String> names() {
    return all().names();
  }

  /** Names of the architectures that are asked for one task, sorted. */
  public static List<String> names(Task task) {
    NamedPlugins<Architecture> all = all();
    return all.names().stream().filter(name -> all.named(name).task() == task).toList();
  }

  /**
   * The architecture of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static Architecture named(String name) {
    return all().named(name);
  }

  /**
   * Builds a network by name.
   *
   * @throws BadInputException if there is no such architecture or an option does not fit
   */
  public static Network build(String name, Map<String, String> options, int classes, long seed) {
    return named(name).build(options, classes, seed);
  }

  private static NamedPlugins<Architecture> all() {
    List<Architecture> found = new ArrayList<>();
    Plugins.load(ArchitectureSource.class).forEach(source -> found.addAll(source.architectures()));
    found.addAll(Plugins.load(Architecture.class));
    return NamedPlugins.of("architecture", "architectures", found, Architecture::name);
  }
}
