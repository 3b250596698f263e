package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.drivemark.problem.BadInputException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a JSON value stands, for messages. Immutable.
 *
 * @param source the file
 * @param path for example {@code entries[0].engine}; empty for the whole
 */
record JsonPlace(String source, String path) {
  JsonPlace field(String key) {
    return new JsonPlace(source, path.isEmpty() ? key : path + "." + key);
  }

  JsonPlace item(int index) {
    return new JsonPlace(source, path + "[" + index + "]");
  }

  /** A value that must stand here. */
  <T> T required(Optional<T> value, String expected) {
    return value.orElseThrow(() -> wrong(MissingNode.getInstance(), expected));
  }

  /** What is made of what stands here; values that nothing can be made of are its error. */
  <T> T made(Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw problem(e.getMessage(), e);
    }
  }

  /**
   * Refuses another schema.
   *
   * @param node the object that says what its schema is
   */
  void requireSchema(JsonNode node, String schema) {
    if (!node.isObject()) {
      throw wrong(node, StrictValues.OBJECT);
    }
    JsonPlace at = new JsonPlace(source, "").field("schema");
    JsonNode found = node.path("schema");
    if (!found.isTextual()) {
      throw field("schema").wrong(found, "a text");
    }
    if (!found.textValue().equals(schema)) {
      throw at.problem("found " + found.textValue() + ", expected " + schema, null);
    }
  }

  /** The time that a text says. */
  Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw problem("found " + text + ", expected a time as 2026-01-31T12:00:00Z", e);
    }
  }

  /** That this was found here in place of what is expected. */
  BadInputException wrong(JsonNode found, String expected) {
    String what = found.isMissingNode() ? "nothing" : shorten(found.toString());
    return problem("found " + what + ", expected " + expected, null);
  }

  /** That something is wrong here. */
  BadInputException problem(String message, Throwable cause) {
    return new BadInputException(
        source + ": " + (path.isEmpty() ? "" : path + ": ") + message, cause);
  }

  private static String shorten(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }
}
