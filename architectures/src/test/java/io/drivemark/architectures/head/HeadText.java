package io.drivemark.architectures.head;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Keys of a head as text of a model file. */
final class HeadText {
  private HeadText() {}

  static String flow(Map<String, Object> keys) {
    try {
      return new ObjectMapper().writeValueAsString(keys);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
