package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Texts, numbers and flags of JSON that are taken as what they are or not at all. Jackson's own
 * reading takes the text "NaN" for a number. Stateless.
 */
final class StrictValues {
  static final String OBJECT = "an object";
  private static final String TEXT = "a text";
  private static final String WHOLE = "a whole number";
  private static final String NUMBER = "a number";

  private StrictValues() {}

  /** A value of another kind than a field's. */
  static final class WrongValue extends JsonMappingException {
    private static final long serialVersionUID = 1;

    private final String expected;

    WrongValue(JsonParser at, String expected) {
      super(at, "expected " + expected);
      this.expected = expected;
    }

    String expected() {
      return expected;
    }
  }

  static SimpleModule module() {
    Predicate<JsonNode> isInt = n -> n.isIntegralNumber() && n.canConvertToInt();
    Predicate<JsonNode> isLong = n -> n.isIntegralNumber() && n.canConvertToLong();
    SimpleModule module = new SimpleModule("strict values");
    add(module, new Value<>(String.class, TEXT, JsonNode::isTextual, JsonNode::textValue, ""));
    add(module, new Value<>(Integer.class, WHOLE, isInt, JsonNode::intValue, null));
    add(module, new Value<>(int.class, WHOLE, isInt, JsonNode::intValue, null));
    add(module, new Value<>(Long.class, WHOLE, isLong, JsonNode::longValue, null));
    add(module, new Value<>(long.class, WHOLE, isLong, JsonNode::longValue, null));
    add(module, new Value<>(Double.class, NUMBER, JsonNode::isNumber, JsonNode::doubleValue, null));
    add(module, new Value<>(double.class, NUMBER, JsonNode::isNumber, JsonNode::doubleValue, null));
    Predicate<JsonNode> isFlag = JsonNode::isBoolean;
    add(module, new Value<>(boolean.class, "true or false", isFlag, JsonNode::booleanValue, null));
    add(
        module,
        new Value<>(
            OptionalDouble.class,
            "a number or null",
            JsonNode::isNumber,
            n -> OptionalDouble.of(n.doubleValue()),
            OptionalDouble.empty()));
    add(
        module,
        new Value<>(
            OptionalLong.class,
            WHOLE,
            isLong,
            n -> OptionalLong.of(n.longValue()),
            OptionalLong.empty()));
    return module;
  }

  @SuppressWarnings("unchecked")
  private static <T> void add(SimpleModule module, Value<T> value) {
    module.addDeserializer((Class<T>) value.handledType(), value);
  }

  /** What is expected where a value of a type is missing or null. */
  static String expected(Class<?> type) {
    if (type == null || type == String.class) {
      return TEXT;
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return WHOLE;
    }
    if (type == double.class || type == Double.class) {
      return NUMBER;
    }
    if (type == boolean.class) {
      return "true or false";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : OBJECT;
  }

  /** What is expected of a list, or of rows. */
  static String listOf(String item) {
    return Map.of(TEXT, "a list of texts", NUMBER, "a list of numbers")
        .getOrDefault(item, "rows of counts");
  }

  /** Reads one kind of value. */
  private static final class Value<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1;

    private final String expected;
    private final transient Predicate<JsonNode> accepts;
    private final transient Function<JsonNode, T> read;
    private final transient T empty;

    /**
     * A kind.
     *
     * @param empty in place of null where nothing is allowed; null if there is no such value
     */
    Value(
        Class<T> type,
        String expected,
        Predicate<JsonNode> accepts,
        Function<JsonNode, T> read,
        T empty) {
      super(type);
      this.expected = expected;
      this.accepts = accepts;
      this.read = read;
      this.empty = empty;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      JsonNode node = context.readTree(parser);
      if (!accepts.test(node)) {
        throw new WrongValue(parser, expected);
      }
      return read.apply(node);
    }

    @Override
    public T getNullValue(DeserializationContext context) {
      return empty instanceof String ? null : empty;
    }

    @Override
    public Object getEmptyValue(DeserializationContext context) {
      return empty;
    }
  }
}
