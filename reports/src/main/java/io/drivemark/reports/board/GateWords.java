package io.drivemark.reports.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What of a gated network's recipe is not the usual: single words of a recipe, so that two dynamic
 * variants that were made otherwise are told apart. Stateless.
 */
final class GateWords {
  private static final String USUAL_HEAD = "standardised";
  private static final String USUAL_MODE = "decoupled";
  private static final String USUAL_TARGET = "mass";

  private GateWords() {}

  /**
   * The words, in a fixed order; none for a network without gates.
   *
   * @param facts the model's provenance
   */
  static List<String> choices(Map<String, String> facts) {
    List<String> words = new ArrayList<>();
    if (facts.getOrDefault("gate-constant", "").equals("true")) {
      words.add("constant gates");
    } else {
      unusual(facts, "gate-head", USUAL_HEAD, " heads", words);
      unusual(facts, "gate-mode", USUAL_MODE, " mode", words);
    }
    unusual(facts, "gate-target", USUAL_TARGET, " target", words);
    String unit = facts.getOrDefault("gate-unit", "");
    if (!unit.isEmpty()) {
      words.add("unit " + unit);
    }
    return words;
  }

  private static void unusual(
      Map<String, String> facts, String key, String usual, String after, List<String> words) {
    String value = facts.getOrDefault(key, usual);
    if (!value.equals(usual)) {
      words.add(value + after);
    }
  }
}
