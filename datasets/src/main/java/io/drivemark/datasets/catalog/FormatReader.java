package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.UnscoredObject;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a {@link DatasetFormat} from YAML; all problems of a file are reported together. */
final class FormatReader {
  private final ConfigFile file;
  private final ConfigMap root;
  private final Path folder;

  private FormatReader(ConfigFile file, Path folder) {
    this.file = file;
    this.root = file.root();
    this.folder = folder;
  }

  /** Reads a user's declaration; its {@code root} and {@code labels} are relative to the file. */
  static DatasetFormat read(Path path) {
    Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
    return new FormatReader(ConfigFile.read(path), folder).format();
  }

  /** Parses a text, for example a shipped one. */
  static DatasetFormat parse(String source, String text) {
    return new FormatReader(ConfigFile.parse(source, text), Path.of("")).format();
  }

  private DatasetFormat format() {
    String name = root.string("name");
    DatasetFormat.About about =
        new DatasetFormat.About(
            root.string("description", ""),
            root.string("obtain", ""),
            root.string("source", ""),
            root.string("licence", ""),
            root.strings("protocols"),
            root.strings("notes"));
    List<ConfigMap> places = root.maps("layout", "truth");
    boolean noLabels =
        !places.isEmpty() && places.stream().allMatch(LayoutReader::hasDistancesAlone);
    LabelSpace space = noLabels ? DistancesAlone.space(root, name) : space(name);
    Optional<CodingReader.Declared> labels =
        noLabels ? Optional.empty() : Optional.of(CodingReader.read(root.map("coding"), space));
    List<Layout> layouts = places.stream().map(l -> LayoutReader.read(l, noLabels)).toList();
    if (layouts.isEmpty()) {
      root.problem("layout", "expected where the files lie: image and truth patterns");
    }
    List<String> splits = root.strings("splits");
    Map<String, String> splitFolders = splitFolders(root.map("splitFolders"), splits);
    Map<String, Integer> frames = frames(root.map("frames"), splits);
    Optional<Pattern> sequence =
        root.optionalString("sequence")
            .flatMap(regex -> LayoutReader.expression(root, "sequence", regex));
    List<AttributeRule> attributes = attributes(root.map("attributes"), layouts);
    List<AttributeFile> attributeFiles = attributeFiles();
    Optional<Path> ownRoot = root.optionalString("root").map(folder::resolve);
    ObjectFormat objects = objects();
    Optional<DepthCoding> depth = depth();
    CodingReader.Declared coding =
        labels.orElseGet(() -> DistancesAlone.coding(root, space, depth));
    Optional<CameraRule> cameras = CameraRule.read(root);
    if (cameras.isEmpty() && layouts.stream().anyMatch(l -> !l.rights().isEmpty())) {
      requireCameras();
    }
    CameraFacts camera =
        CameraReader.declared(root, layouts.stream().anyMatch(l -> !l.cameras().isEmpty()));
    OptionalDouble rate = rate(layouts);
    Map<String, Double> instancePixels = instancePixels(root.map("meanInstancePixels"), space);
    List<UnscoredObject> unscoredObjects =
        UnscoredObjectReader.read(root, space, objects.numbers(), coding.truth());
    List<String> unscored = root.strings("unscored");
    List<String> drivable = drivable(space, folder);
    LabelFacts facts =
        new LabelFacts(
            instancePixels,
            unscoredObjects,
            unscored,
            drivable,
            false,
            root.flag("predictionSuffix", false));
    file.finish();
    return new DatasetFormat(
        name,
        about,
        coding.coding(),
        coding.truth(),
        layouts,
        splits,
        splitFolders,
        frames,
        sequence,
        attributes,
        attributeFiles,
        ownRoot,
        objects,
        depth,
        cameras,
        camera,
        rate,
        facts);
  }

  private OptionalDouble rate(List<Layout> layouts) {
    Optional<Double> rate = root.optionalNumber("rate");
    if (rate.isEmpty() && layouts.stream().anyMatch(l -> !l.streams().isEmpty())) {
      root.problem(
          "rate",
          "is missing beside layout.stream: how many pictures a second the camera took, which is"
              + " how many numbers at the end of ids are a second apart, for example rate: 30");
    }
    if (rate.isPresent() && !(rate.get() > 0 && rate.get() <= 1000)) {
      root.problem("rate", "found " + rate.get() + ", expected more than 0 and at most 1000");
      return OptionalDouble.empty();
    }
    return rate.isPresent() ? OptionalDouble.of(rate.get()) : OptionalDouble.empty();
  }

  private void requireCameras() {
    if (!root.has(CameraRule.KEY)) {
      root.problem(
          CameraRule.KEY,
          "is missing beside layout.right: focal length in pixels of the photograph and how far the"
              + " cameras are apart in metres, for example cameras: {focal: 721.5377, baseline:"
              + " 0.54}");
    }
  }

  private LabelSpace space(String name) {
    Optional<String> labels = root.optionalString("labels");
    if (labels.isPresent() && root.has("classes")) {
      root.problem("classes", "stands beside labels: expected one of the two");
    }
    if (labels.isPresent()) {
      try {
        return LabelSpaces.named(labels.get(), folder);
      } catch (BadInputException e) {
        root.problem("labels", e.getMessage());
        return new LabelSpace(
            "?", List.of(new io.drivemark.datasets.LabelClass("?", 0, "?", false, false)));
      }
    }
    return new LabelSpace(name, LabelSpaces.classes(root));
  }

  private static Map<String, String> splitFolders(ConfigMap map, List<String> splits) {
    map.keys().forEach(split -> requireSplit(map, split, splits));
    return map.allStrings();
  }

  private static void requireSplit(ConfigMap map, String split, List<String> splits) {
    if (!splits.contains(split)) {
      map.problem(split, "no declared split" + Nearest.hint(split, splits));
    }
  }

  /** A text with words of the paths, or values with an expression each. */
  private static List<AttributeRule> attributes(ConfigMap map, List<Layout> layouts) {
    List<AttributeRule> out = new ArrayList<>();
    for (String name : map.keys()) {
      if (!map.isMap(name)) {
        map.optionalString(name)
            .ifPresent(
                text -> {
                  requireWords(map, name, text, layouts);
                  out.add(new AttributeRule.FromPath(name, text));
                });
        continue;
      }
      ConfigMap values = map.map(name);
      Map<String, Pattern> patterns = new LinkedHashMap<>();
      for (String value : values.keys()) {
        LayoutReader.expression(values, value, values.string(value))
            .ifPresent(pattern -> patterns.put(value, pattern));
      }
      out.add(new AttributeRule.FromId(name, patterns));
    }
    return out;
  }

  private List<AttributeFile> attributeFiles() {
    List<AttributeFile> out = new ArrayList<>();
    for (ConfigMap map : root.maps("attributeFiles", "file")) {
      out.add(
          new AttributeFile(
              map.strings("file"),
              map.string("frames", ""),
              map.string("id"),
              map.map("attributes").allStrings(),
              Set.copyOf(map.strings("unknown"))));
    }
    return out;
  }

  private static void requireWords(ConfigMap map, String name, String text, List<Layout> layouts) {
    for (String word : PathPattern.words(text)) {
      boolean known =
          layouts.stream()
              .flatMap(layout -> layout.truths().stream())
              .anyMatch(pattern -> PathPattern.words(pattern.text()).contains(word));
      if (!known) {
        map.problem(name, "no pattern of label files has a word {" + word + "}");
      }
    }
  }

  /** A word, or keys where numbers lie in one channel of a colour image. */
  private ObjectFormat objects() {
    boolean keys = root.isMap("objects");
    ConfigMap map = keys ? root.map("objects") : root;
    String word = map.choice(keys ? "numbers" : "objects", "thousands", ObjectNumbers.words());
    return new ObjectFormat(
        ObjectNumbers.named(word), keys ? CodingReader.channel(map, "channel") : Optional.empty());
  }

  /** Its own; else those of the label space that it names. */
  private List<String> drivable(LabelSpace space, Path folder) {
    Optional<String> labels = root.optionalString("labels");
    if (root.has("drivable") || labels.isEmpty()) {
      return LabelSpaces.drivable(root, space.classNames());
    }
    try {
      return LabelSpaces.drivable(labels.get(), folder);
    } catch (BadInputException e) {
      return List.of(); // reported with the labels
    }
  }

  private Optional<DepthCoding> depth() {
    if (!root.has("depth")) {
      return Optional.empty();
    }
    ConfigMap map = root.map("depth");
    double metres = map.number("metresPerUnit", 1);
    if (!(metres > 0)) {
      map.problem("metresPerUnit", "found " + metres + ", expected more than 0");
    }
    SortedSet<Integer> unknown = new TreeSet<>(map.integers("unknown"));
    return Optional.of(new DepthCoding(metres, unknown));
  }

  private static Map<String, Integer> frames(ConfigMap map, List<String> splits) {
    Map<String, Integer> out = new TreeMap<>();
    for (String split : map.keys()) {
      map.optionalInteger(split).ifPresent(count -> out.put(split, count));
      requireSplit(map, split, splits);
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
