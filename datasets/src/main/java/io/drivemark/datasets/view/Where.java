package io.drivemark.datasets.view;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The frames of a dataset that have given attributes, in its order: those of a drive, at night, in
 * the rain. Its name says which: {@code camvid+where(light=dusk)}.
 */
public final class Where extends DatasetView {
  private final Map<String, String> attributes;
  private final List<Integer> places;
  private final List<String> ids;

  private Where(Dataset origin, Map<String, String> attributes, List<Integer> places) {
    super(origin, "where", attributes);
    this.attributes = Map.copyOf(attributes);
    this.places = List.copyOf(places);
    this.ids = places.stream().map(origin.ids()::get).toList();
  }

  /**
   * The frames whose attributes are all as given; the dataset itself if none is given.
   *
   * @param attributes values by the names of {@link Frame#attributes}
   * @throws BadInputException if no frame has such an attribute, or none has these values; the
   *     message lists what there is
   */
  public static Dataset of(Dataset dataset, Map<String, String> attributes) {
    if (attributes.isEmpty()) {
      return dataset;
    }
    Map<String, Set<String>> seen = new TreeMap<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      Map<String, String> found = dataset.frame(i).attributes();
      found.forEach((name, value) -> seen.computeIfAbsent(name, k -> new TreeSet<>()).add(value));
      if (attributes.entrySet().stream()
          .allMatch(e -> e.getValue().equals(found.get(e.getKey())))) {
        places.add(i);
      }
    }
    String which = dataset.name() + " " + dataset.split();
    attributes.forEach((name, value) -> requireKnown(which, name, value, seen));
    if (places.isEmpty()) {
      throw new BadInputException(
          "where: no frame of " + which + " has all of " + new TreeMap<>(attributes) + " together");
    }
    return new Where(dataset, attributes, places);
  }

  private static void requireKnown(
      String which, String name, String value, Map<String, Set<String>> seen) {
    if (!seen.containsKey(name)) {
      throw new BadInputException(
          "where: frames of "
              + which
              + " have no attribute '"
              + name
              + "'"
              + Nearest.hint(name, seen.keySet())
              + (seen.isEmpty()
                  ? "; they have none: 'attributes' of the dataset's YAML says what is known of"
                      + " frames by their names"
                  : "; they have " + String.join(", ", seen.keySet())));
    }
    if (!seen.get(name).contains(value)) {
      throw new BadInputException(
          "where: no frame of "
              + which
              + " has "
              + name
              + " '"
              + value
              + "'"
              + Nearest.hint(value, seen.get(name))
              + "; there are "
              + String.join(", ", seen.get(name)));
    }
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public Map<String, List<String>> conditions() {
    return origin().conditions();
  }

  /** The same scenes, whatever attributes they have under it. */
  @Override
  public Dataset under(Map<String, String> values) {
    return new Where(origin().under(values), attributes, places);
  }

  @Override
  public Frame frame(int index) {
    return origin().frame(places.get(index));
  }
}
