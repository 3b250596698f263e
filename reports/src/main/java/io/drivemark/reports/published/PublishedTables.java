package io.drivemark.reports.published;

import io.drivemark.config.ConfigFile;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The published tables that come with the program. Stateless. */
public final class PublishedTables {
  static final List<String> NAMES =
      List.of(
          "ftwt-cifar10",
          "ftwt-imagenet",
          "layerprune",
          "joint-kitti",
          "joint-eigen",
          "rtseg-test",
          "rtseg-val");

  private PublishedTables() {}

  /**
   * What a comparison is about.
   *
   * @param techniques of pruning among its networks, as records name them
   * @param architectures of its networks
   * @param tasks what they are asked for, {@code segmentation} or {@code depth}
   */
  public record Topic(Set<String> techniques, Set<String> architectures, Set<String> tasks) {
    public Topic {
      techniques = Set.copyOf(techniques);
      architectures = Set.copyOf(architectures);
      tasks = Set.copyOf(tasks);
    }
  }

  /** All of them. */
  public static List<PublishedTable> all() {
    return NAMES.stream()
        .map(n -> PublishedFile.read(ConfigFile.shipped(PublishedTables.class, n + ".yaml")))
        .toList();
  }

  /**
   * What belongs beside a comparison: tables of a technique or task that is part of it, of others
   * the rows of its architectures.
   */
  public static List<PublishedTable> beside(Topic topic) {
    return all().stream()
        .map(table -> table.with(rows(table, topic)))
        .filter(table -> !table.rows().isEmpty())
        .toList();
  }

  private static List<PublishedRow> rows(PublishedTable table, Topic topic) {
    Objects.requireNonNull(topic, "topic");
    boolean whole =
        !Collections.disjoint(table.techniques(), topic.techniques())
            || !Collections.disjoint(table.tasks(), topic.tasks());
    return whole
        ? table.rows()
        : table.rows().stream().filter(row -> row.isOneOf(topic.architectures())).toList();
  }
}
