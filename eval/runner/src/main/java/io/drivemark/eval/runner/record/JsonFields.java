package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads one JSON object; errors name source, path, what was found and what was expected. Fields
 * nobody asks for are allowed: the schema may grow. Not thread-safe.
 */
final class JsonFields {
  private final String source;
  private final String path;
  private final JsonNode node;

  JsonFields(String source, String path, JsonNode node) {
    this.source = source;
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw wrong("", node, "an object");
    }
  }

  String text(String key) {
    return optionalText(key).orElseThrow(() -> wrong(key, node.path(key), "a text"));
  }

  Optional<String> optionalText(String key) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(key, value, "a text");
    }
    return Optional.of(value.textValue());
  }

  boolean flag(String key) {
    JsonNode value = node.path(key);
    if (!value.isBoolean()) {
      throw wrong(key, value, "true or false");
    }
    return value.booleanValue();
  }

  int integer(String key) {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(key, value, "a whole number");
    }
    return value.intValue();
  }

  long whole(String key) {
    return optionalWhole(key).orElseThrow(() -> wrong(key, node.path(key), "a whole number"));
  }

  OptionalLong optionalWhole(String key) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(key, value, "a whole number");
    }
    return OptionalLong.of(value.longValue());
  }

  double number(String key) {
    return optionalNumber(key).orElseThrow(() -> wrong(key, node.path(key), "a number"));
  }

  OptionalDouble optionalNumber(String key) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      throw wrong(key, value, "a number or null");
    }
    return OptionalDouble.of(value.doubleValue());
  }

  JsonFields object(String key) {
    return optionalObject(key).orElseThrow(() -> wrong(key, node.path(key), "an object"));
  }

  Optional<JsonFields> optionalObject(String key) {
    JsonNode value = node.path(key);
    return absent(value)
        ? Optional.empty()
        : Optional.of(new JsonFields(source, child(key), value));
  }

  List<String> texts(String key) {
    return list(
        key,
        item -> {
          if (!item.isTextual()) {
            throw wrong(key, item, "a list of texts");
          }
          return item.textValue();
        });
  }

  List<Double> numbers(String key) {
    return list(
        key,
        item -> {
          if (!item.isNumber()) {
            throw wrong(key, item, "a list of numbers");
          }
          return item.doubleValue();
        });
  }

  List<List<Long>> table(String key) {
    return list(
        key,
        row -> {
          List<Long> out = new ArrayList<>();
          for (JsonNode count : row) {
            if (!count.isIntegralNumber() || !count.canConvertToLong() || count.longValue() < 0) {
              throw wrong(key, count, "rows of counts");
            }
            out.add(count.longValue());
          }
          return out;
        });
  }

  <T> List<T> objects(String key, Function<JsonFields, T> read) {
    List<T> out = new ArrayList<>();
    int[] index = {0};
    list(
        key,
        item -> {
          String at = child(key) + "[" + index[0]++ + "]";
          out.add(new JsonFields(source, at, item).made(read));
          return item;
        });
    return out;
  }

  /** What is made of this object; values that cannot be are its error. */
  <T> T made(Function<JsonFields, T> read) {
    try {
      return read.apply(this);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(source + ": " + path + ": " + e.getMessage(), e);
    }
  }

  /** All fields, each a text. */
  Map<String, String> textMap(String key) {
    Map<String, String> out = new LinkedHashMap<>();
    optionalObject(key)
        .ifPresent(
            object -> object.keys().forEachRemaining(name -> out.put(name, object.text(name))));
    return out;
  }

  Iterator<String> keys() {
    return node.fieldNames();
  }

  BadInputException problem(String message) {
    return new BadInputException(source + ": " + message);
  }

  private <T> List<T> list(String key, Function<JsonNode, T> read) {
    JsonNode value = node.path(key);
    List<T> out = new ArrayList<>();
    if (absent(value)) {
      return out;
    }
    if (!value.isArray()) {
      throw wrong(key, value, "a list");
    }
    value.forEach(item -> out.add(read.apply(item)));
    return out;
  }

  private BadInputException wrong(String key, JsonNode found, String expected) {
    String what = found.isMissingNode() ? "nothing" : shorten(found.toString());
    String where = key.isEmpty() ? path : child(key);
    return problem(
        (where.isEmpty() ? "" : where + ": ") + "found " + what + ", expected " + expected);
  }

  private static String shorten(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
