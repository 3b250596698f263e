package io.drivemark.eval.history.judge.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.problem.BadInputException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A value of a JSON file and where it stands, for messages. */
final class Place {
  /** So much of a wrong value is shown. */
  private static final int SHOWN = 60;

  private final JsonNode node;
  private final String file;
  private final String at;

  Place(JsonNode node, String file, String at) {
    this.node = node;
    this.file = file;
    this.at = at;
  }

  /** A field, which must be there. */
  Place field(String name) {
    if (!node.isObject()) {
      throw wrong("an object");
    }
    String path = at.isEmpty() ? name : at + "." + name;
    JsonNode value = node.get(name);
    if (value == null) {
      throw new BadInputException(file + ": " + path + ": missing");
    }
    return new Place(value, file, path);
  }

  /** The items of a list. */
  <T> List<T> list(Function<Place, T> one) {
    if (!node.isArray()) {
      throw wrong("a list");
    }
    List<T> out = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      out.add(one.apply(new Place(node.get(i), file, at + "[" + i + "]")));
    }
    return out;
  }

  /** Empty where it is null. */
  <T> Optional<T> optional(Function<Place, T> one) {
    return node.isNull() ? Optional.empty() : Optional.of(one.apply(this));
  }

  OptionalDouble optionalNumber() {
    return node.isNull() ? OptionalDouble.empty() : OptionalDouble.of(number());
  }

  String text() {
    if (!node.isTextual()) {
      throw wrong("a text");
    }
    return node.textValue();
  }

  double number() {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrong("a number");
    }
    return node.doubleValue();
  }

  int count() {
    if (!node.isInt() || node.intValue() < 0) {
      throw wrong("a whole number of at least 0");
    }
    return node.intValue();
  }

  long whole() {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong("a whole number");
    }
    return node.longValue();
  }

  boolean flag() {
    if (!node.isBoolean()) {
      throw wrong("true or false");
    }
    return node.booleanValue();
  }

  Instant instant() {
    try {
      return Instant.parse(text());
    } catch (DateTimeParseException e) {
      throw new BadInputException(wrong("a time as 2026-11-20T02:00:00Z").getMessage(), e);
    }
  }

  /** The constant with this word. */
  <E extends Enum<E>> E word(E[] all, Function<E, String> word) {
    String text = text();
    return Arrays.stream(all)
        .filter(one -> word.apply(one).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong("one of " + Arrays.stream(all).map(word).collect(Collectors.joining(", "))));
  }

  BadInputException wrong(String expected) {
    String found = node.toString();
    String shown = found.length() > SHOWN ? found.substring(0, SHOWN) + "…" : found;
    return new BadInputException(
        file + (at.isEmpty() ? "" : ": " + at) + ": " + expected + " expected, found " + shown);
  }

  /** What a constructor refused, with the place. */
  BadInputException refused(IllegalArgumentException e) {
    return new BadInputException(file + ": " + at + ": " + e.getMessage(), e);
  }
}
