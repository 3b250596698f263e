package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads one JSON object; errors name source, path, what was found and what was expected. Fields
 * nobody asks for are allowed: the schema may grow. Not thread-safe.
 */
final class JsonFields {
  private final JsonPlace at;
  private final JsonNode node;

  JsonFields(JsonPlace at, JsonNode node) {
    this.at = at;
    this.node = node;
    if (!node.isObject()) {
      throw at.wrong(node, StrictValues.OBJECT);
    }
  }

  String text(String key) {
    return optionalText(key).orElseThrow(() -> at.field(key).wrong(node.path(key), "a text"));
  }

  Optional<String> optionalText(String key) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw at.field(key).wrong(value, "a text");
    }
    return Optional.of(value.textValue());
  }

  long whole(String key) {
    return optionalWhole(key)
        .orElseThrow(() -> at.field(key).wrong(node.path(key), "a whole number"));
  }

  OptionalLong optionalWhole(String key) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw at.field(key).wrong(value, "a whole number");
    }
    return OptionalLong.of(value.longValue());
  }

  double number(String key) {
    return optionalNumber(key).orElseThrow(() -> at.field(key).wrong(node.path(key), "a number"));
  }

  OptionalDouble optionalNumber(String key) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      throw at.field(key).wrong(value, "a number or null");
    }
    return OptionalDouble.of(value.doubleValue());
  }

  JsonFields object(String key) {
    return optionalObject(key).orElseThrow(() -> at.field(key).wrong(node.path(key), "an object"));
  }

  Optional<JsonFields> optionalObject(String key) {
    JsonNode value = node.path(key);
    return absent(value) ? Optional.empty() : Optional.of(new JsonFields(at.field(key), value));
  }

  <T> List<T> objects(String key, Function<JsonFields, T> read) {
    List<T> out = new ArrayList<>();
    int[] index = {0};
    list(
        key,
        item -> {
          JsonFields fields = new JsonFields(at.field(key).item(index[0]++), item);
          out.add(fields.at.made(() -> read.apply(fields)));
          return item;
        });
    return out;
  }

  <T> List<T> records(String key, Class<T> type) {
    return objects(key, item -> RecordMapper.read(item.at, item.node, type));
  }

  Iterator<String> keys() {
    return node.fieldNames();
  }

  private <T> List<T> list(String key, Function<JsonNode, T> read) {
    JsonNode value = node.path(key);
    List<T> out = new ArrayList<>();
    if (absent(value)) {
      return out;
    }
    if (!value.isArray()) {
      throw at.field(key).wrong(value, "a list");
    }
    value.forEach(item -> out.add(read.apply(item)));
    return out;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
