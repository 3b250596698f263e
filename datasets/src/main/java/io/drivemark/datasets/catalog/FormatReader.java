package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.DatasetFormat.IdRange;
import io.drivemark.datasets.catalog.DatasetFormat.Layout;
import io.drivemark.datasets.coding.Colors;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a {@link DatasetFormat} from YAML; all problems of a file are reported together. */
final class FormatReader {
  private static final String VOID = "void";
  private static final int MOST_INDEX = 65535;

  private final ConfigFile file;
  private final ConfigMap root;

  private FormatReader(ConfigFile file) {
    this.file = file;
    this.root = file.root();
  }

  /** Reads a user's declaration; its {@code root} is relative to the file. */
  static DatasetFormat read(Path path) {
    Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
    return new FormatReader(ConfigFile.read(path)).format(folder);
  }

  /** Parses a text, for example a shipped one. */
  static DatasetFormat parse(String source, String text) {
    return new FormatReader(ConfigFile.parse(source, text)).format(Path.of(""));
  }

  private DatasetFormat format(Path folder) {
    String name = root.string("name");
    String description = root.string("description", "");
    String obtain = root.string("obtain", "");
    LabelSpace space = space(name);
    LabelCoding coding = coding(root.map("coding"), space);
    List<Layout> layouts = new ArrayList<>();
    for (ConfigMap layout : root.maps("layout", "truth")) {
      layouts.add(layout(layout));
    }
    if (layouts.isEmpty()) {
      root.problem("layout", "expected where the files lie: image and truth patterns");
    }
    List<String> splits = root.strings("splits");
    Map<String, Integer> frames = frames(root.map("frames"), splits);
    Optional<Pattern> sequence = root.optionalString("sequence").flatMap(this::pattern);
    Optional<Path> ownRoot = root.optionalString("root").map(folder::resolve);
    Map<String, Double> instancePixels = instancePixels(root.map("meanInstancePixels"), space);
    boolean predictionSuffix = root.flag("predictionSuffix", false);
    file.finish();
    return new DatasetFormat(
        name,
        description,
        obtain,
        coding,
        layouts,
        splits,
        frames,
        sequence,
        ownRoot,
        instancePixels,
        predictionSuffix);
  }

  private LabelSpace space(String name) {
    Optional<String> labels = root.optionalString("labels");
    if (labels.isPresent() && root.has("classes")) {
      root.problem("classes", "stands beside labels: expected one of the two");
    }
    if (labels.isPresent()) {
      try {
        return LabelSpaces.named(labels.get());
      } catch (BadInputException e) {
        root.problem("labels", e.getMessage());
        return new LabelSpace(
            "?", List.of(new io.drivemark.datasets.LabelClass("?", 0, "?", false, false)));
      }
    }
    return new LabelSpace(name, LabelSpaces.classes(root));
  }

  private LabelCoding coding(ConfigMap map, LabelSpace space) {
    boolean color = map.choice("kind", "index", List.of("index", "color")).equals("color");
    boolean unknownIsVoid = map.choice("unknown", "error", List.of("error", VOID)).equals(VOID);
    Map<Integer, Integer> rawToIndex = new TreeMap<>();
    SortedSet<Integer> voids = new TreeSet<>();
    if (map.has("values")) {
      ConfigMap values = map.map("values");
      values
          .allStrings()
          .forEach((raw, target) -> value(values, raw, target, color, space, rawToIndex, voids));
    } else {
      for (int i = 0; i < space.size(); i++) {
        rawToIndex.put(color ? space.classes().get(i).color() : i, i);
      }
    }
    for (String raw : map.strings(VOID)) {
      raw(map, VOID, raw, color).ifPresent(voids::add);
    }
    for (Integer both : voids) {
      if (rawToIndex.remove(both) != null) {
        map.problem(VOID, "value " + both + " is a class and void");
      }
    }
    return new LabelCoding(
        color ? LabelCoding.Kind.COLOR : LabelCoding.Kind.INDEX,
        space,
        rawToIndex,
        voids,
        unknownIsVoid);
  }

  private void value(
      ConfigMap values,
      String raw,
      String target,
      boolean color,
      LabelSpace space,
      Map<Integer, Integer> rawToIndex,
      SortedSet<Integer> voids) {
    OptionalInt stored = raw(values, raw, raw, color);
    OptionalInt index = space.indexOf(target);
    if (stored.isPresent() && index.isPresent()) {
      rawToIndex.put(stored.getAsInt(), index.getAsInt());
    } else if (stored.isPresent() && target.equals(VOID)) {
      voids.add(stored.getAsInt());
    } else if (stored.isPresent()) {
      values.problem(
          raw,
          "found '"
              + target
              + "'"
              + Nearest.hint(target, space.classNames())
              + ", expected void or one of "
              + String.join(", ", space.classNames()));
    }
  }

  private static OptionalInt raw(ConfigMap map, String key, String text, boolean color) {
    if (color) {
      OptionalInt parsed = Colors.parse(text);
      if (parsed.isEmpty()) {
        map.problem(key, "found '" + text + "', expected a colour such as '128,64,128'");
      }
      return parsed;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 0 && value <= MOST_INDEX) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    map.problem(key, "found '" + text + "', expected a stored value of 0 to " + MOST_INDEX);
    return OptionalInt.empty();
  }

  private Layout layout(ConfigMap map) {
    List<PathPattern> images = patterns(map, "image");
    List<PathPattern> truths = patterns(map, "truth");
    Optional<PathPattern> instances = patterns(map, "instances", true).stream().findFirst();
    Map<String, List<IdRange>> members = new TreeMap<>();
    ConfigMap splits = map.map("members");
    for (String split : splits.keys()) {
      List<IdRange> ranges = new ArrayList<>();
      for (String range : splits.strings(split)) {
        int at = range.indexOf("..");
        ranges.add(
            at < 0
                ? new IdRange(range, range)
                : new IdRange(range.substring(0, at), range.substring(at + 2)));
      }
      members.put(split, ranges);
    }
    return new Layout(images, truths, instances, map.optionalString("list"), members);
  }

  private static List<PathPattern> patterns(ConfigMap map, String key) {
    return patterns(map, key, false);
  }

  private static List<PathPattern> patterns(ConfigMap map, String key, boolean optional) {
    List<PathPattern> out = new ArrayList<>();
    for (String text : map.strings(key)) {
      PathPattern.check(text)
          .ifPresentOrElse(
              problem -> map.problem(key, "pattern '" + text + "' " + problem),
              () -> out.add(new PathPattern(text)));
    }
    if (!optional && !map.has(key)) {
      map.problem(key, "is missing: expected a pattern such as " + key + "/{split}/{id}.png");
    }
    return out;
  }

  private Optional<Pattern> pattern(String regex) {
    try {
      return Optional.of(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      root.problem("sequence", "no valid regular expression: " + e.getDescription());
      return Optional.empty();
    }
  }

  private static Map<String, Integer> frames(ConfigMap map, List<String> splits) {
    Map<String, Integer> out = new TreeMap<>();
    for (String split : map.keys()) {
      map.optionalInteger(split).ifPresent(count -> out.put(split, count));
      if (!splits.contains(split)) {
        map.problem(split, "no declared split" + Nearest.hint(split, splits));
      }
    }
    return out;
  }

  private static Map<String, Double> instancePixels(ConfigMap map, LabelSpace space) {
    Map<String, Double> out = new TreeMap<>();
    for (String name : map.keys()) {
      map.optionalNumber(name).ifPresent(pixels -> out.put(name, pixels));
      if (space.indexOf(name).isEmpty()) {
        map.problem(name, "no class of " + space.name() + Nearest.hint(name, space.classNames()));
      }
    }
    return out;
  }
}
