package io.drivemark.datasets.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is said of cameras: the key {@code camera} of a declaration, and the files that its
 * {@code layout.camera} finds. Files that end in {@code .json} are Cityscapes': {@code
 * intrinsic.fx, fy, u0, v0} and {@code extrinsic.z, pitch, roll}. Others are KITTI's texts, whose
 * row {@code P_rect_02} (of stereo and flow) or {@code P2} (of road and objects) is the projection
 * of the left colour camera; they say nothing of the road. Places of axes are taken as measured
 * from the photograph's corner, as they stand. Stateless.
 */
final class CameraReader {
  /** The key of declarations. */
  static final String KEY = "camera";

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
  private static final List<String> PROJECTIONS = List.of("P_rect_02", "P2");

  /** Where Cityscapes' files say what. */
  private static final Map<String, String> PLACES = places();

  private CameraReader() {}

  private static Map<String, String> places() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put(CameraFacts.FX, "/intrinsic/fx");
    out.put(CameraFacts.FY, "/intrinsic/fy");
    out.put(CameraFacts.U0, "/intrinsic/u0");
    out.put(CameraFacts.V0, "/intrinsic/v0");
    out.put(CameraFacts.HEIGHT, "/extrinsic/z");
    out.put(CameraFacts.PITCH, "/extrinsic/pitch");
    out.put(CameraFacts.ROLL, "/extrinsic/roll");
    return out;
  }

  /**
   * Reads the declared part.
   *
   * @param files whether files of the layout say more
   */
  static CameraFacts declared(ConfigMap root, boolean files) {
    if (!root.has(KEY)) {
      return CameraFacts.NONE;
    }
    ConfigMap map = root.map(KEY);
    Map<String, Double> values = new TreeMap<>();
    for (String key : CameraFacts.KEYS) {
      map.optionalNumber(key).ifPresent(value -> values.put(key, value));
    }
    for (String key : List.of(CameraFacts.HEIGHT, CameraFacts.FX, CameraFacts.FY)) {
      if (values.containsKey(key) && !(values.get(key) > 0)) {
        map.problem(key, "found " + values.get(key) + ", expected a number above 0");
      }
    }
    for (String key : List.of(CameraFacts.PITCH, CameraFacts.ROLL)) {
      if (values.containsKey(key) && !(Math.abs(values.get(key)) < 1)) {
        map.problem(
            key,
            "found "
                + values.get(key)
                + ", expected radians between -1 and 1; 0.0349 is 2 degrees");
      }
    }
    CameraFacts facts = new CameraFacts(values, size(map));
    boolean rowsAlone = values.containsKey(CameraFacts.FY) && !values.containsKey(CameraFacts.FX);
    if (!files && rowsAlone) {
      map.problem(CameraFacts.FX, "is missing beside fy: the focal length along rows, in pixels");
    } else if (!files && !facts.missing().isEmpty()) {
      map.problem(
          facts.missing().get(0),
          "is missing, and no layout has a pattern of files of cameras; for example camera:"
              + " {height: 1.3, fx: 1000, u0: 640, v0: 360, pitch: 0.02, size: 720x1280}");
    }
    return facts;
  }

  private static Optional<List<Integer>> size(ConfigMap map) {
    Optional<String> text = map.optionalString("size");
    Matcher matcher = SIZE.matcher(text.orElse(""));
    if (text.isPresent() && !matcher.matches()) {
      map.problem("size", "found " + text.get() + ", expected HEIGHTxWIDTH, for example 1024x2048");
      return Optional.empty();
    }
    return text.map(
        t -> List.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
  }

  /**
   * Reads a frame's file.
   *
   * @throws BadInputException if it is damaged or says nothing of a camera
   */
  static CameraFacts read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    return file.toString().endsWith(".json") ? json(file, text) : projection(file, text);
  }

  /** Made for the first such file: every dataset is declared, few have files of cameras. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private static CameraFacts json(Path file, String text) {
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new BadInputException(
          file + ": damaged JSON; copy or create the file again: " + e.getMessage(), e);
    }
    Map<String, Double> values = new TreeMap<>();
    PLACES.forEach(
        (key, place) -> {
          JsonNode value = root.at(place);
          if (value.isNumber()) {
            values.put(key, value.doubleValue());
          } else if (!value.isMissingNode()) {
            throw new BadInputException(
                file + ": " + place.substring(1) + " is " + value + ", expected a number");
          }
        });
    if (values.isEmpty()) {
      throw new BadInputException(
          file
              + ": says nothing of a camera; expected {\"intrinsic\": {\"fx\": …, \"fy\": …, \"u0\":"
              + " …, \"v0\": …}, \"extrinsic\": {\"z\": …, \"pitch\": …}} as Cityscapes has it");
    }
    return new CameraFacts(values, Optional.empty());
  }

  private static CameraFacts projection(Path file, String text) {
    for (String name : PROJECTIONS) {
      for (String line : text.split("\\R")) {
        if (line.startsWith(name + ":")) {
          return projection(file, name, line.substring(name.length() + 1).strip().split("\\s+"));
        }
      }
    }
    throw new BadInputException(
        file + ": has no row P_rect_02: or P2: of twelve numbers, the left colour camera's");
  }

  private static CameraFacts projection(Path file, String name, String[] words) {
    double[] p = new double[words.length];
    for (int i = 0; i < p.length; i++) {
      OptionalDouble number = Numbers.real(words[i]);
      if (p.length != 12 || number.isEmpty()) {
        throw new BadInputException(
            file + ": row " + name + " is no list of twelve numbers: " + String.join(" ", words));
      }
      p[i] = number.getAsDouble();
    }
    return new CameraFacts(
        Map.of(
            CameraFacts.FX, p[0], CameraFacts.U0, p[2], CameraFacts.FY, p[5], CameraFacts.V0, p[6]),
        Optional.empty());
  }
}
