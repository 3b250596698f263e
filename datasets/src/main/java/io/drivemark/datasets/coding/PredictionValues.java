package io.drivemark.datasets.coding;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stored values of predictions mean, as users write it: {@code 0:road,1:sidewalk,255:void},
 * colours as {@code 128,64,128:road}, ranges as {@code 20..255:void}; or a YAML file with these
 * under {@code values}. Immutable.
 *
 * @param meaning the class's name or {@code void} by stored value
 * @param colors whether stored values are colours 0xRRGGBB
 */
public record PredictionValues(Map<Integer, String> meaning, boolean colors) {
  private static final int MOST = 65_535;
  private static final String VOID = "void";
  private static final Pattern PAIR =
      Pattern.compile("\\s*([0-9., ]+?)\\s*:\\s*([^:,]+?)\\s*(?:,|$)");
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9})(?:\\.\\.([0-9]{1,9}))?");
  private static final Pattern COLOR =
      Pattern.compile("([0-9]{1,3}) *, *([0-9]{1,3}) *, *([0-9]{1,3})");

  /**
   * Reads an option's text, or the YAML file it names.
   *
   * @param space the classes that may be named
   * @throws BadInputException that names everything that is wrong
   */
  public static PredictionValues parse(String text, LabelSpace space) {
    return text.endsWith(".yaml") || text.endsWith(".yml")
        ? file(Path.of(text), space)
        : of("--values", pairs(text), space);
  }

  private static PredictionValues file(Path path, LabelSpace space) {
    ConfigFile file = ConfigFile.read(path);
    ConfigMap values = file.root().map("values");
    Map<String, String> pairs = new LinkedHashMap<>(values.allStrings());
    file.finish();
    return of(path.toString(), pairs, space);
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> out = new LinkedHashMap<>();
    Matcher m = PAIR.matcher(text);
    int end = 0;
    while (end < text.length() && m.find(end) && m.start() == end) {
      if (out.put(m.group(1), m.group(2)) != null) {
        throw new BadInputException("--values: " + m.group(1) + " is named twice");
      }
      end = m.end();
    }
    if (end < text.length() || out.isEmpty()) {
      throw new BadInputException(
          "--values: '"
              + text.substring(end)
              + "' is not understood; expected VALUE:CLASS, one after the other with commas, for"
              + " example '0:road,1:sidewalk,255:void' or '128,64,128:road'; or a .yaml file with"
              + " these under 'values'");
    }
    return out;
  }

  private static PredictionValues of(String source, Map<String, String> pairs, LabelSpace space) {
    List<String> problems = new ArrayList<>();
    Map<Integer, String> meaning = new TreeMap<>();
    int colors = 0;
    if (pairs.isEmpty()) {
      problems.add("expected stored values and their classes under 'values'");
    }
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      String name = pair.getValue();
      if (!name.equals(VOID) && space.indexOf(name).isEmpty()) {
        problems.add(
            "'"
                + name
                + "' is no class of "
                + space.name()
                + Nearest.hint(name, space.classNames()));
      }
      Matcher color = COLOR.matcher(pair.getKey());
      colors += color.matches() ? 1 : 0;
      for (int value : color.matches() ? List.of(rgb(color)) : numbers(pair.getKey(), problems)) {
        String other = meaning.put(value, name);
        if (other != null && !other.equals(name)) {
          problems.add(pair.getKey() + " means " + other + " and " + name);
        }
      }
    }
    if (colors > 0 && colors < pairs.size()) {
      problems.add("some values are colours, some numbers; expected one kind");
    }
    if (meaning.containsKey(-1)) {
      problems.add("a part of a colour is above 255");
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(source + ": " + String.join("; ", problems));
    }
    return new PredictionValues(meaning, colors > 0);
  }

  /** The colour 0xRRGGBB, -1 if a part of it is too large. */
  private static int rgb(Matcher color) {
    int out = 0;
    for (int i = 1; i <= 3; i++) {
      int part = Integer.parseInt(color.group(i));
      if (part > 255) {
        return -1;
      }
      out = out << 8 | part;
    }
    return out;
  }

  private static List<Integer> numbers(String text, List<String> problems) {
    Matcher m = NUMBER.matcher(text);
    List<Integer> out = new ArrayList<>();
    if (m.matches()) {
      int first = Integer.parseInt(m.group(1));
      int last = m.group(2) == null ? first : Integer.parseInt(m.group(2));
      for (int value = first; value <= last && last <= MOST; value++) {
        out.add(value);
      }
    }
    if (out.isEmpty()) {
      problems.add(
          "'" + text + "' is no stored value; expected 0 to 65535, a range 1..9 or a colour R,G,B");
    }
    return out;
  }
}
