package io.drivemark.eval.runner.evidence.driving;

import io.drivemark.eval.streaming.FirstSight.Sighting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one clip with where they were seen. Immutable.
 *
 * @param byGroup for each group of objects, by the object's number, its sightings in order
 */
public record Sightings(Map<String, Map<Integer, List<Sighting>>> byGroup) {
  /** People and others who are hurt first. */
  public static final String VULNERABLE = "vulnerable";

  /** Objects of other classes. */
  public static final String OTHER = "other";

  public Sightings {
    Map<String, Map<Integer, List<Sighting>>> copy = new LinkedHashMap<>();
    byGroup.forEach(
        (group, objects) -> {
          Map<Integer, List<Sighting>> inner = new LinkedHashMap<>();
          objects.forEach((number, seen) -> inner.put(number, List.copyOf(seen)));
          copy.put(group, Collections.unmodifiableMap(inner));
        });
    byGroup = Collections.unmodifiableMap(copy);
  }

  /** The objects of a group, in the order in which they were first seen. */
  public List<List<Sighting>> of(String group) {
    return List.copyOf(byGroup.getOrDefault(group, Map.of()).values());
  }
}
