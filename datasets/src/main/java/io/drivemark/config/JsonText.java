package io.drivemark.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Indented JSON with the same bytes on every platform: lines end with {@code \n}. Trees are written
 * without Jackson's mapper, which takes a start longer to load than most commands take to write.
 * Thread-safe.
 */
public final class JsonText {
  private JsonText() {}

  private static DefaultPrettyPrinter indenting() {
    return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
  }

  /** Made for the first value that is no tree. */
  private static final class Mapped {
    static final ObjectWriter INDENTED = new ObjectMapper().writer(indenting());
  }

  /**
   * A tree, map, list or value as indented text, without a line end at the end.
   *
   * @throws IllegalStateException if it holds what JSON has no form for
   */
  public static String indented(Object value) {
    if (value instanceof JsonNode tree) {
      return indented(tree);
    }
    try {
      return Mapped.INDENTED.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + value.getClass().getName(), e);
    }
  }

  private static String indented(JsonNode tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(indenting());
      write(out, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text cannot be full
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, JsonNode node) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          out.writeFieldName(field.getKey());
          write(out, field.getValue());
        }
        out.writeEndObject();
      }
      case ARRAY -> {
        out.writeStartArray();
        for (JsonNode item : node) {
          write(out, item);
        }
        out.writeEndArray();
      }
      case STRING -> out.writeString(node.textValue());
      case BOOLEAN -> out.writeBoolean(node.booleanValue());
      case NULL -> out.writeNull();
      case NUMBER -> number(out, node);
      default -> throw new IllegalStateException("no JSON: " + node.getNodeType());
    }
  }

  private static void number(JsonGenerator out, JsonNode node) throws IOException {
    switch (node.numberType()) {
      case INT -> out.writeNumber(node.intValue());
      case LONG -> out.writeNumber(node.longValue());
      case BIG_INTEGER -> out.writeNumber(node.bigIntegerValue());
      case FLOAT -> out.writeNumber(node.floatValue());
      case DOUBLE -> out.writeNumber(node.doubleValue());
      case BIG_DECIMAL -> out.writeNumber(node.decimalValue());
    }
  }
}
