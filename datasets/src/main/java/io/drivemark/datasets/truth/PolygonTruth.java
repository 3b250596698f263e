package io.drivemark.datasets.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.ImageInfo;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Labels as Cityscapes' {@code *_polygons.json} files: objects with a label and a polygon, drawn in
 * the file's order, so that later ones cover earlier ones; {@link PolygonFill} says which pixels
 * one covers. Deleted objects are left out. A label that is not known but ends with {@code group}
 * is the label before that, and no single object. What no polygon covers is void. Immutable.
 */
public final class PolygonTruth implements TruthReader {
  /** A label that is not drawn: what lies below stays. */
  public static final int SKIP = -1;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GROUP = "group";
  private static final int MOST_COORDINATE = 1 << 20;

  private final Map<String, Integer> values;
  private final int uncovered;
  private final OptionalInt unknown;

  /**
   * @param values label → stored value of 0 to 255, or {@link #SKIP}
   * @param uncovered the stored value where no polygon is
   * @param unknown the stored value of labels that are not known; empty if those are an error
   */
  public PolygonTruth(Map<String, Integer> values, int uncovered, OptionalInt unknown) {
    this.values = new TreeMap<>(values);
    this.uncovered = uncovered;
    this.unknown = unknown;
  }

  /** One object that is drawn. */
  private record Drawn(int number, int value, boolean single, int[] x, int[] y) {}

  @Override
  public RawLabels read(Path file, PixelArrays arrays) {
    JsonNode root = root(file);
    int height = extent(file, root, "imgHeight");
    int width = extent(file, root, "imgWidth");
    requirePixels(file, height, width);
    byte[] out = arrays.take(height * width);
    Arrays.fill(out, (byte) uncovered);
    draw(
        file,
        root,
        object ->
            new PolygonFill(
                    height,
                    width,
                    (row, from, to) ->
                        Arrays.fill(
                            out, row * width + from, row * width + to + 1, (byte) object.value()))
                .fill(object.x(), object.y()));
    return RawLabels.of(height, width, 1, out);
  }

  @Override
  public ImageInfo info(Path file) {
    JsonNode root = root(file);
    int height = extent(file, root, "imgHeight");
    int width = extent(file, root, "imgWidth");
    requirePixels(file, height, width);
    draw(file, root, object -> {});
    return new ImageInfo("JSON", height, width, Byte.SIZE, 1);
  }

  /** Objects are numbered from 1 as they stand in the file. */
  @Override
  public Optional<int[]> objects(Path file, LabelMap truth, PixelArrays arrays) {
    int height = truth.height();
    int width = truth.width();
    int[] out = arrays.takeInts(height * width);
    Arrays.fill(out, 0);
    draw(
        file,
        root(file),
        object ->
            new PolygonFill(
                    height,
                    width,
                    (row, from, to) ->
                        Arrays.fill(
                            out,
                            row * width + from,
                            row * width + to + 1,
                            object.single() ? object.number() : 0))
                .fill(object.x(), object.y()));
    SingleObjects.keep(out, truth);
    return Optional.of(out);
  }

  @Override
  public boolean hasObjects() {
    return true;
  }

  private static JsonNode root(Path file) {
    try {
      JsonNode root = JSON.readTree(file.toFile());
      if (root == null || !root.isObject()) {
        throw new BadInputException(
            file + ": expected a JSON object with imgHeight, imgWidth and objects");
      }
      return root;
    } catch (IOException e) {
      throw JsonFiles.unreadable(file, e);
    }
  }

  private static int extent(Path file, JsonNode root, String key) {
    JsonNode node = root.path(key);
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
      throw new BadInputException(
          file + ": " + key + " is " + shown(node) + ", expected the image's extent in pixels");
    }
    return node.intValue();
  }

  private static void requirePixels(Path file, int height, int width) {
    if ((long) height * width > ImageInfo.MOST_PIXELS) {
      throw new BadInputException(
          file
              + ": it says "
              + height
              + "x"
              + width
              + " pixels, more than the "
              + ImageInfo.MOST_PIXELS
              + " that are read; the file is damaged or no driving frame");
    }
  }

  private void draw(Path file, JsonNode root, Consumer<Drawn> brush) {
    JsonNode objects = root.path("objects");
    if (!objects.isArray()) {
      throw new BadInputException(
          file + ": objects is " + shown(objects) + ", expected a list of labels and polygons");
    }
    for (int i = 0; i < objects.size(); i++) {
      JsonNode object = objects.get(i);
      if (isDeleted(object)) {
        continue;
      }
      String what = file + ": object " + (i + 1);
      String label = object.path("label").asText("");
      if (label.isEmpty()) {
        throw new BadInputException(what + " has no label");
      }
      boolean group = !values.containsKey(label) && label.endsWith(GROUP);
      String name = group ? label.substring(0, label.length() - GROUP.length()) : label;
      int value = value(what, label, name);
      if (value != SKIP) {
        int[][] corners = corners(what + " (" + label + ")", object.path("polygon"));
        brush.accept(new Drawn(i + 1, value, !group, corners[0], corners[1]));
      }
    }
  }

  private static boolean isDeleted(JsonNode object) {
    JsonNode deleted = object.path("deleted");
    return deleted.isNumber() ? deleted.intValue() != 0 : deleted.asBoolean(false);
  }

  private int value(String what, String label, String name) {
    Integer value = values.get(name);
    if (value != null) {
      return value;
    }
    return unknown.orElseThrow(
        () ->
            new BadInputException(
                what
                    + " has the unknown label '"
                    + label
                    + "'"
                    + Nearest.hint(label, values.keySet())
                    + "; known: "
                    + String.join(", ", values.keySet())
                    + ". Declare it under 'coding' (as \"'"
                    + label
                    + "': void\" among 'values' if it is no class), or set 'unknown: void' to count"
                    + " it as void"));
  }

  private static int[][] corners(String what, JsonNode polygon) {
    if (!polygon.isArray() || polygon.size() < 3) {
      throw new BadInputException(
          what + ": its polygon is " + shown(polygon) + ", expected at least three corners");
    }
    int[][] out = new int[2][polygon.size()];
    for (int i = 0; i < polygon.size(); i++) {
      JsonNode corner = polygon.get(i);
      for (int axis = 0; axis < 2; axis++) {
        JsonNode at = corner.path(axis);
        if (corner.size() != 2
            || !at.isNumber()
            || !(Math.abs(at.doubleValue()) <= MOST_COORDINATE)) {
          throw new BadInputException(
              what
                  + ": corner "
                  + (i + 1)
                  + " of its polygon is "
                  + shown(corner)
                  + ", expected [column, row]");
        }
        out[axis][i] = (int) at.doubleValue(); // parts of pixels are dropped
      }
    }
    return out;
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "missing" : node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
