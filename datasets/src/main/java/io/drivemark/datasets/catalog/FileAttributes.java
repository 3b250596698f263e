package io.drivemark.datasets.catalog;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the attribute files of a split say of its frames; read once, when first asked. Thread-safe.
 */
final class FileAttributes {
  private final List<AttributeFile> rules;
  private final Path root;
  private final String folder;
  private final Set<String> ids;
  private Map<String, Map<String, String>> byId;

  /**
   * @param folder what {@code {split}} stands for
   * @param ids the frames that are asked about
   */
  FileAttributes(List<AttributeFile> rules, Path root, String folder, Set<String> ids) {
    this.rules = rules;
    this.root = root;
    this.folder = folder;
    this.ids = ids;
  }

  /** Of one frame, by name; of two files that have the same attribute, the first one counts. */
  Map<String, String> of(String id) {
    return byId().getOrDefault(id, Map.of());
  }

  private synchronized Map<String, Map<String, String>> byId() {
    if (byId == null) {
      Map<String, Map<String, String>> read = new HashMap<>();
      for (AttributeFile rule : rules) {
        AttributeReader.read(rule, root, folder, ids)
            .forEach(
                (id, values) -> {
                  Map<String, String> all = read.computeIfAbsent(id, k -> new TreeMap<>());
                  values.forEach(all::putIfAbsent);
                });
      }
      byId = read;
    }
    return byId;
  }
}
