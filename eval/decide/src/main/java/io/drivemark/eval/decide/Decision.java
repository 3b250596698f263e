package io.drivemark.eval.decide;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a rule decides about a candidate. Immutable.
 *
 * @param about whom
 * @param others the candidates it rests on, the weightiest first
 * @param values the rule's figures by id; one that is missing is undefined
 */
public record Decision(Candidate about, List<Candidate> others, Map<String, Double> values) {
  public Decision {
    Objects.requireNonNull(about, "about");
    others = List.copyOf(others);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
