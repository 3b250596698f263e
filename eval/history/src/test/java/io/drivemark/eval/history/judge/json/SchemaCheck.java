package io.drivemark.eval.history.judge.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Holds a JSON file against a schema, as far as ours go: references, types, enumerations, required
 * fields, items, alternatives. Stricter than a schema in one thing: a field must be described.
 */
final class SchemaCheck {
  private final JsonNode root;
  private final List<String> problems;

  SchemaCheck(JsonNode root, List<String> problems) {
    this.root = root;
    this.problems = problems;
  }

  void check(JsonNode schema, JsonNode value, String at) {
    if (schema.has("$ref")) {
      check(root.at(schema.get("$ref").textValue().substring(1)), value, at);
    } else if (schema.has("anyOf")) {
      for (JsonNode one : schema.get("anyOf")) {
        List<String> found = new ArrayList<>();
        new SchemaCheck(root, found).check(one, value, at);
        if (found.isEmpty()) {
          return;
        }
      }
      problems.add(at + ": fits no alternative");
    } else if (schema.has("enum")) {
      for (JsonNode one : schema.get("enum")) {
        if (one.equals(value)) {
          return;
        }
      }
      problems.add(at + ": " + value + " is not allowed");
    } else {
      checkType(schema, value, at);
    }
  }

  private void checkType(JsonNode schema, JsonNode value, String at) {
    List<String> types = new ArrayList<>();
    if (schema.get("type").isTextual()) {
      types.add(schema.get("type").textValue());
    } else {
      schema.get("type").forEach(t -> types.add(t.textValue()));
    }
    if (types.stream().noneMatch(type -> is(value, type))) {
      problems.add(at + ": " + value + " is no [\"" + String.join("\", \"", types) + "\"]");
      return;
    }
    if (value.isObject()) {
      schema
          .get("required")
          .forEach(
              name -> {
                if (!value.has(name.textValue())) {
                  problems.add(at + "/" + name.textValue() + ": missing");
                }
              });
      for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        JsonNode field = schema.get("properties").get(name);
        if (field == null) {
          problems.add(at + "/" + name + ": not in the schema");
        } else {
          check(field, value.get(name), at + "/" + name);
        }
      }
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(schema.get("items"), value.get(i), at + "/" + i);
    }
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("type " + type);
    };
  }
}
