package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.coding.Colors;
import io.drivemark.datasets.image.ColorChannel;
import io.drivemark.datasets.truth.PanopticTruth;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reads of what kind label files are and what stored values mean: the key {@code coding} of a
 * declaration. For one declaration.
 */
final class CodingReader {
  private static final String VOID = "void";
  static final List<String> UNKNOWN = List.of("error", VOID);
  private static final String RANGE = "..";
  private static final int MOST_INDEX = 65535;

  private final ConfigMap map;
  private final LabelSpace space;
  private final Kind kind;
  private final boolean color;
  private final Map<Integer, Integer> rawToIndex = new TreeMap<>();
  private final SortedSet<Integer> voids = new TreeSet<>();

  private CodingReader(ConfigMap map, LabelSpace space) {
    this.map = map;
    this.space = space;
    this.kind = Kind.named(map.choice("kind", "index", Kind.words()));
    this.color = kind == Kind.COLOR;
  }

  /** How {@code kind} names what label files are. */
  private enum Kind {
    INDEX("index"),
    COLOR("color"),
    POLYGONS("cityscapes-polygons"),
    PANOPTIC("coco-panoptic");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    static List<String> words() {
      return Arrays.stream(values()).map(k -> k.word).toList();
    }

    static Kind named(String word) {
      return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst().orElseThrow();
    }
  }

  /** What the key declares. */
  record Declared(LabelCoding coding, TruthFormat truth) {}

  static Declared read(ConfigMap map, LabelSpace space) {
    return new CodingReader(map, space).declared();
  }

  private Declared declared() {
    if (kind == Kind.POLYGONS) {
      return PolygonCoding.read(map, space);
    }
    LabelCoding coding = coding();
    if (kind == Kind.PANOPTIC) {
      return new Declared(coding, segments());
    }
    Optional<ColorChannel> channel = channel(map, "channel");
    if (color && channel.isPresent()) {
      map.problem("channel", "one channel holds no colours; expected 'kind: index' beside it");
    }
    return new Declared(coding, TruthFormat.png(channel));
  }

  private TruthFormat segments() {
    Optional<String> file = map.optionalString("segments");
    if (file.isEmpty() || file.get().startsWith("/") || file.get().contains("..")) {
      map.problem(
          "segments",
          "expected the JSON file of the segments below the dataset's root, such as"
              + " annotations/panoptic_{split}.json");
    }
    return new TruthFormat(
        TruthFormat.Kind.PANOPTIC,
        Optional.empty(),
        Optional.of(file.orElse("?")),
        Map.of(),
        OptionalInt.empty());
  }

  /** A channel that a key names, if it is there. */
  static Optional<ColorChannel> channel(ConfigMap map, String key) {
    return map.has(key)
        ? Optional.of(
            ColorChannel.values()[
                ColorChannel.words().indexOf(map.choice(key, "red", ColorChannel.words()))])
        : Optional.empty();
  }

  private LabelCoding coding() {
    if (kind == Kind.PANOPTIC) {
      voids.add(PanopticTruth.NO_SEGMENT);
    }
    boolean unknownIsVoid = map.choice("unknown", "error", UNKNOWN).equals(VOID);
    map.optionalString("like").ifPresent(this::like);
    if (map.has("values")) {
      ConfigMap values = map.map("values");
      values.allStrings().forEach((raw, target) -> value(values, raw, target));
    } else if (!map.has("like")) {
      for (int i = 0; i < space.size(); i++) {
        rawToIndex.put(color ? space.classes().get(i).color() : i, i);
      }
    }
    for (String raw : map.strings(VOID)) {
      raw(map, VOID, raw).ifPresent(voids::add);
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

  /** Takes over the values of a shipped dataset with the same classes. */
  private void like(String dataset) {
    LabelCoding other;
    try {
      other = Datasets.format(dataset).coding();
    } catch (BadInputException e) {
      map.problem("like", e.getMessage());
      return;
    }
    if (!other.space().equals(space) || (other.kind() == LabelCoding.Kind.COLOR) != color) {
      map.problem("like", "dataset " + dataset + " has other classes or another kind of values");
      return;
    }
    rawToIndex.putAll(other.rawToIndex());
    voids.addAll(other.voidValues());
  }

  private void value(ConfigMap values, String raw, String target) {
    OptionalInt index = space.indexOf(target);
    if (index.isEmpty() && !target.equals(VOID)) {
      if (!stored(values, raw).isEmpty()) {
        values.problem(
            raw,
            "found '"
                + target
                + "'"
                + Nearest.hint(target, space.classNames())
                + ", expected void or one of "
                + String.join(", ", space.classNames()));
      }
      return;
    }
    for (int value : stored(values, raw)) {
      if (index.isPresent()) {
        rawToIndex.put(value, index.getAsInt());
        voids.remove(value);
      } else {
        voids.add(value);
        rawToIndex.remove(value);
      }
    }
  }

  /** One stored value, or all of a range such as {@code 1..65535}; empty if there is a problem. */
  private List<Integer> stored(ConfigMap values, String text) {
    int at = color ? -1 : text.indexOf(RANGE);
    if (at < 0) {
      OptionalInt one = raw(values, text, text);
      return one.isPresent() ? List.of(one.getAsInt()) : List.of();
    }
    OptionalInt first = raw(values, text, text.substring(0, at));
    OptionalInt last = raw(values, text, text.substring(at + RANGE.length()));
    return first.isEmpty() || last.isEmpty()
        ? List.of()
        : IntStream.rangeClosed(first.getAsInt(), last.getAsInt()).boxed().toList();
  }

  private OptionalInt raw(ConfigMap at, String key, String text) {
    if (color) {
      OptionalInt parsed = Colors.parse(text);
      if (parsed.isEmpty()) {
        at.problem(key, "found '" + text + "', expected a colour such as '128,64,128'");
      }
      return parsed;
    }
    OptionalInt value = Numbers.integer(text);
    if (value.isPresent() && value.getAsInt() >= 0 && value.getAsInt() <= MOST_INDEX) {
      return value;
    }
    at.problem(
        key,
        "found '"
            + text
            + "'"
            + Numbers.hint(text)
            + ", expected a stored value of 0 to "
            + MOST_INDEX);
    return OptionalInt.empty();
  }
}
