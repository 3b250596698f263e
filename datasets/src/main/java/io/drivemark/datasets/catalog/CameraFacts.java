package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Camera;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What is said of a camera, by a declaration or by a file of a frame: metres above the road, focal
 * lengths and the axis' place in pixels of the photograph, pitch and roll in radians, and the size
 * of the photograph that the pixels are of. Immutable.
 *
 * @param values by word of declarations, {@code fx} for example; what is not said is missing
 * @param size height and width of the photographs that pixels are of; empty = of the frame's own
 */
record CameraFacts(Map<String, Double> values, Optional<List<Integer>> size) {
  static final String HEIGHT = "height";
  static final String FX = "fx";
  static final String FY = "fy";
  static final String U0 = "u0";
  static final String V0 = "v0";
  static final String PITCH = "pitch";
  static final String ROLL = "roll";

  /** The words of declarations, in the order in which people are told of them. */
  static final List<String> KEYS = List.of(HEIGHT, FX, FY, U0, V0, PITCH, ROLL);

  /** Those without which there is no camera; {@code fy} is {@code fx} where it is not said. */
  private static final List<String> NEEDED = List.of(HEIGHT, FX, U0, V0);

  /** Nothing. */
  static final CameraFacts NONE = new CameraFacts(Map.of(), Optional.empty());

  CameraFacts {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    size = size.map(List::copyOf);
  }

  /** These, and what is missing from others. */
  CameraFacts or(CameraFacts others) {
    Map<String, Double> all = new TreeMap<>(others.values);
    all.putAll(values);
    return new CameraFacts(all, size.or(() -> others.size));
  }

  /** What a camera lacks, in the order of {@link #KEYS}. */
  List<String> missing() {
    return NEEDED.stream().filter(key -> !values.containsKey(key)).toList();
  }

  /**
   * The camera in pixels of a grid over the whole photograph.
   *
   * @param dataset its name, for messages
   * @param file where the facts are from, for messages; empty where all are declared
   * @param own height and width of the frame's photograph, asked for where no size is said
   * @param height of the grid
   * @param width of the grid
   * @throws BadInputException if something is missing or is no camera
   */
  Camera camera(
      String dataset, Optional<Path> file, Supplier<List<Integer>> own, int height, int width) {
    String what = file.map(Path::toString).orElse("dataset " + dataset + ", key camera");
    if (!missing().isEmpty()) {
      throw new BadInputException(
          what
              + ": no "
              + String.join(", ", missing())
              + " of the camera; add to dataset "
              + dataset
              + "'s declaration, for example camera: {"
              + example(missing())
              + "}");
    }
    Camera camera;
    try {
      camera =
          new Camera(
              values.get(FX),
              values.getOrDefault(FY, values.get(FX)),
              values.get(V0),
              values.get(U0),
              values.get(HEIGHT),
              values.getOrDefault(PITCH, 0.0),
              values.getOrDefault(ROLL, 0.0));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(what + ": " + e.getMessage(), e);
    }
    List<Integer> of = size.orElseGet(own);
    return camera.scaled((double) height / of.get(0), (double) width / of.get(1));
  }

  private static String example(List<String> keys) {
    Map<String, String> usual =
        Map.of(HEIGHT, "1.3", FX, "1000", U0, "640", V0, "360"); // of a picture of 1280x720
    List<String> out = new ArrayList<>();
    keys.forEach(key -> out.add(key + ": " + usual.get(key)));
    return String.join(", ", out);
  }

  /** For a person: {@code 1.65 m above the road, pitch 0.038}. */
  String text() {
    List<String> out = new ArrayList<>();
    number(HEIGHT).ifPresent(v -> out.add(v + " m above the road"));
    for (String key : List.of(FX, FY, U0, V0, PITCH, ROLL)) {
      number(key).ifPresent(v -> out.add(key + " " + v));
    }
    size.ifPresent(s -> out.add("of " + s.get(0) + "x" + s.get(1)));
    return String.join(", ", out);
  }

  private OptionalDouble number(String key) {
    Double value = values.get(key);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
