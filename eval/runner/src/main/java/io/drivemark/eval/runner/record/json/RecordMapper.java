package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Records as JSON objects and back, a field for each component in the order of the record. Strict:
 * a component that is no {@code Optional}, list or map must be there unless it is annotated
 * otherwise, and a value of another kind is never taken for one (no text for a number, no fraction
 * for a whole number, nothing cut). Absent lists and maps are empty; fields that no component has
 * are ignored: the schema may grow. Thread-safe.
 */
final class RecordMapper {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .addModule(new Jdk8Module())
          .addModule(StrictValues.module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL))
          .withConfigOverride(List.class, c -> c.setSetterInfo(nulls(Nulls.AS_EMPTY, Nulls.FAIL)))
          .withConfigOverride(Map.class, c -> c.setSetterInfo(nulls(Nulls.AS_EMPTY, Nulls.FAIL)))
          .withConfigOverride(Optional.class, c -> c.setSetterInfo(nulls(Nulls.SET, Nulls.SET)))
          .withConfigOverride(
              OptionalDouble.class, c -> c.setSetterInfo(nulls(Nulls.SET, Nulls.SET)))
          .withConfigOverride(OptionalLong.class, c -> c.setSetterInfo(nulls(Nulls.SET, Nulls.SET)))
          .build();

  private RecordMapper() {}

  private static JsonSetter.Value nulls(Nulls value, Nulls contents) {
    return JsonSetter.Value.construct(value, contents);
  }

  /** The JSON object of a record. */
  static ObjectNode write(Object record) {
    return MAPPER.valueToTree(record);
  }

  /** A value as JSON. */
  static JsonNode value(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The record of a JSON object.
   *
   * @param at where the object stands
   * @throws BadInputException if it is none, or a field is missing or of the wrong kind; the
   *     message has the place of the field, what was found and what was expected
   */
  static <T> T read(JsonPlace at, JsonNode node, Class<T> type) {
    try {
      if (!node.isObject()) {
        throw at.wrong(node, StrictValues.OBJECT);
      }
      return MAPPER.treeToValue(node, type);
    } catch (JsonMappingException e) {
      throw problem(at, node, e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is read already", e);
    }
  }

  private static BadInputException problem(JsonPlace at, JsonNode root, JsonMappingException e) {
    JsonPlace place = at;
    JsonNode found = root;
    JsonPlace list = at;
    boolean isItem = false;
    for (Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        list = isItem ? list : place;
        isItem = true;
        place = place.item(step.getIndex());
        found = found.path(step.getIndex());
      } else {
        isItem = false;
        place = place.field(step.getFieldName());
        found = found.path(step.getFieldName());
      }
    }
    if (e.getCause() instanceof IllegalArgumentException refused) {
      return place.problem(refused.getMessage(), refused);
    }
    Class<?> target = e instanceof MismatchedInputException m ? m.getTargetType() : null;
    if (target != null && target.isEnum()) {
      return place.wrong(found, words(target));
    }
    String expected =
        e instanceof StrictValues.WrongValue wrong
            ? wrong.expected()
            : StrictValues.expected(target);
    return isItem && !expected.equals(StrictValues.OBJECT)
        ? list.wrong(found, StrictValues.listOf(expected))
        : place.wrong(found, expected);
  }

  private static String words(Class<?> constants) {
    return Arrays.stream(constants.getEnumConstants())
        .map(constant -> "'" + value(constant).asText() + "'")
        .collect(Collectors.joining(" or "));
  }
}
