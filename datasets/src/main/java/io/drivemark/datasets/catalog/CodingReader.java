package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.coding.Colors;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads what stored values mean: the key {@code coding} of a declaration. For one declaration. */
final class CodingReader {
  private static final String VOID = "void";
  private static final String RANGE = "..";
  private static final int MOST_INDEX = 65535;

  private final ConfigMap map;
  private final LabelSpace space;
  private final boolean color;
  private final Map<Integer, Integer> rawToIndex = new TreeMap<>();
  private final SortedSet<Integer> voids = new TreeSet<>();

  private CodingReader(ConfigMap map, LabelSpace space) {
    this.map = map;
    this.space = space;
    this.color = map.choice("kind", "index", List.of("index", "color")).equals("color");
  }

  static LabelCoding read(ConfigMap map, LabelSpace space) {
    return new CodingReader(map, space).coding();
  }

  private LabelCoding coding() {
    boolean unknownIsVoid = map.choice("unknown", "error", List.of("error", VOID)).equals(VOID);
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
