package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.datasets.CameraPair;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a declaration says of the two cameras of its frames: {@code cameras: {focal: 721.5377,
 * baseline: 0.54}}, or, where photographs of several widths lie beside each other, a focal length
 * for each width: {@code focal: {1242: 721.5377, 1241: 718.856}}. Immutable.
 *
 * @param focal pixels of the photograph as its file holds it, whatever its width; empty where
 *     widths have their own
 * @param focalOfWidth the same by the photograph's width in pixels
 * @param baseline how far the cameras are apart, in metres
 */
public record CameraRule(
    OptionalDouble focal, SortedMap<Integer, Double> focalOfWidth, double baseline) {
  /** The key of declarations. */
  static final String KEY = "cameras";

  private static final String FOCAL = "focal";
  private static final String BASELINE = "baseline";
  private static final String EXAMPLE = "; for example cameras: {focal: 721.5377, baseline: 0.54}";

  public CameraRule {
    focalOfWidth = Collections.unmodifiableSortedMap(new TreeMap<>(focalOfWidth));
    if (focal.isPresent() != focalOfWidth.isEmpty()) {
      throw new IllegalArgumentException("one focal length, or one for each width");
    }
  }

  /** Reads the key; empty where it is absent or has a problem. */
  static Optional<CameraRule> read(ConfigMap root) {
    if (!root.has(KEY)) {
      return Optional.empty();
    }
    ConfigMap map = root.map(KEY);
    boolean good = true;
    SortedMap<Integer, Double> widths = new TreeMap<>();
    OptionalDouble focal = OptionalDouble.empty();
    if (!map.has(FOCAL)) {
      map.problem(FOCAL, "is missing: the focal length in pixels of the photograph" + EXAMPLE);
      good = false;
    } else if (map.isMap(FOCAL)) {
      good = widths(map.map(FOCAL), widths);
    } else {
      focal = positive(map, FOCAL, "pixels");
      good = focal.isPresent();
    }
    if (!map.has(BASELINE)) {
      map.problem(BASELINE, "is missing: how far the cameras are apart in metres" + EXAMPLE);
      return Optional.empty();
    }
    OptionalDouble baseline = positive(map, BASELINE, "metres");
    return good && baseline.isPresent()
        ? Optional.of(new CameraRule(focal, widths, baseline.getAsDouble()))
        : Optional.empty();
  }

  private static boolean widths(ConfigMap map, SortedMap<Integer, Double> out) {
    boolean good = true;
    for (String key : map.keys()) {
      OptionalInt width = Numbers.integer(key);
      if (width.isEmpty() || width.getAsInt() < 1) {
        map.problem(key, "expected the width of photographs in pixels, for example 1242: 721.5377");
        good = false;
      }
      OptionalDouble focal = positive(map, key, "pixels");
      if (width.isPresent() && focal.isPresent()) {
        out.put(width.getAsInt(), focal.getAsDouble());
      }
    }
    return good && !out.isEmpty() && out.size() == map.keys().size();
  }

  private static OptionalDouble positive(ConfigMap map, String key, String unit) {
    double value = map.number(key, 1);
    if (!(value > 0) || !Double.isFinite(value)) {
      map.problem(key, "found " + value + ", expected a number of " + unit + " above 0");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value);
  }

  /** Whether the width of a photograph must be known. */
  boolean needsWidth() {
    return focal.isEmpty();
  }

  /**
   * The cameras of a photograph.
   *
   * @param file the photograph's, for messages
   * @param width of the photograph; of no meaning where one focal length holds for all
   * @throws BadInputException if no focal length is given for this width
   */
  CameraPair of(String dataset, Path file, int width) {
    if (focal.isPresent()) {
      return new CameraPair(focal.getAsDouble(), baseline);
    }
    Double own = focalOfWidth.get(width);
    if (own == null) {
      throw new BadInputException(
          file
              + ": is "
              + width
              + " pixels wide, and dataset "
              + dataset
              + " has focal lengths for widths "
              + focalOfWidth.keySet()
              + " alone; write cameras.focal: {"
              + width
              + ": PIXELS} into its declaration");
    }
    return new CameraPair(own, baseline);
  }

  /** For a person: {@code focal length 721.5377 pixels, 0.54 m apart}. */
  String text() {
    String pixels =
        focal.isPresent() ? Double.toString(focal.getAsDouble()) : "by width " + focalOfWidth;
    return "focal length " + pixels + " pixels, " + baseline + " m apart";
  }
}
