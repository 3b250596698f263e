package io.drivemark.datasets.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a declaration tells an attribute of a sample, such as its city or its weather. Sealed: {@link
 * FromPath}, {@link FromId}. Immutable.
 */
sealed interface AttributeRule {
  /** The attribute's name, for example {@code weather}. */
  String name();

  /**
   * The attribute's value for a sample; empty if the rule says nothing about it.
   *
   * @param words what the words of the path pattern stand for
   */
  Optional<String> value(String id, Map<String, String> words);

  /** A text with words of the truth's path pattern, for example {@code {city}}. */
  record FromPath(String name, String text) implements AttributeRule {
    @Override
    public Optional<String> value(String id, Map<String, String> words) {
      return PathPattern.fill(text, words);
    }
  }

  /** Values by expression, of which the first that is found in the id counts. */
  record FromId(String name, Map<String, Pattern> values) implements AttributeRule {
    @Override
    public Optional<String> value(String id, Map<String, String> words) {
      return values.entrySet().stream()
          .filter(e -> e.getValue().matcher(id).find())
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }
}
