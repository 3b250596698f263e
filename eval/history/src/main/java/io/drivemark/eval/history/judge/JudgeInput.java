package io.drivemark.eval.history.judge;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a verdict follows from; the same input gives the same verdict. Immutable.
 *
 * @param before nights before, in any order and of any machine; confirmations are none
 * @param tonight the night to judge
 * @param confirmation what was timed again for it, in fresh processes; its forks are those of the
 *     confirmation alone
 * @param events those that earlier verdicts left, with people's decisions; what an earlier verdict
 *     of tonight opened or closed is judged anew
 * @param differences by {@link Series#key}, how tonight's predictions differ from those of the last
 *     night that has this series complete on the same frames; needed where prints differ
 * @param taken by {@link Series#key} the name of the night that tonight's accuracy was taken over
 *     from; of those that were measured tonight there is none
 * @param pinned uid of the night that creeping is judged against
 * @param rules by what is judged
 */
public record JudgeInput(
    List<Night> before,
    Night tonight,
    Optional<Night> confirmation,
    List<Event> events,
    Map<String, ExactDifference> differences,
    Map<String, String> taken,
    Optional<String> pinned,
    JudgeRules rules) {
  /** Of a night that measured all of it. */
  public JudgeInput(
      List<Night> before,
      Night tonight,
      Optional<Night> confirmation,
      List<Event> events,
      Map<String, ExactDifference> differences,
      Optional<String> pinned,
      JudgeRules rules) {
    this(before, tonight, confirmation, events, differences, Map.of(), pinned, rules);
  }

  public JudgeInput {
    before = List.copyOf(before);
    Objects.requireNonNull(tonight, "tonight");
    Objects.requireNonNull(confirmation, "confirmation");
    events = List.copyOf(events);
    differences = Map.copyOf(differences);
    taken = Map.copyOf(taken);
    Objects.requireNonNull(pinned, "pinned");
    Objects.requireNonNull(rules, "rules");
  }

  /** The same with what was timed again. */
  public JudgeInput withConfirmation(Night again) {
    return new JudgeInput(
        before, tonight, Optional.of(again), events, differences, taken, pinned, rules);
  }
}
