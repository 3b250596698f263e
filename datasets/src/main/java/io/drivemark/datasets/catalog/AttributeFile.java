package io.drivemark.datasets.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which JSON files tell what is known of samples, such as their weather: a list of objects, one a
 * frame. Files that are not there tell nothing. Immutable.
 *
 * @param files where they may be below the root, {@code {split}} standing for the split's folder;
 *     all that are there are read, and the first to name a value counts
 * @param frames the keys that lead to the list, joined by dots; empty if the file is the list
 * @param id the key of a frame's name: its id, or the name of its file
 * @param attributes an attribute's name and the keys that lead to its value in a frame, joined by
 *     dots
 * @param unknown values that say nothing, for example {@code undefined}
 */
record AttributeFile(
    List<String> files,
    String frames,
    String id,
    Map<String, String> attributes,
    Set<String> unknown) {
  AttributeFile {
    files = List.copyOf(files);
    Objects.requireNonNull(frames, "frames");
    Objects.requireNonNull(id, "id");
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    unknown = Set.copyOf(unknown);
  }
}
