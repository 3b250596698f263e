package io.drivemark.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** Indented JSON with the same bytes on every platform: lines end with {@code \n}. Thread-safe. */
public final class JsonText {
  private static final ObjectWriter INDENTED =
      new ObjectMapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private JsonText() {}

  /**
   * A tree, map, list or value as indented text, without a line end at the end.
   *
   * @throws IllegalStateException if it holds what JSON has no form for
   */
  public static String indented(Object value) {
    try {
      return INDENTED.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + value.getClass().getName(), e);
    }
  }
}
