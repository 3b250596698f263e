package io.drivemark.eval.decide;

import io.drivemark.problem.Plugins;
import io.drivemark.problem.UnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules that are installed, those of the project and plug-ins. Stateless. */
public final class DecisionRules {
  private DecisionRules() {}

  /**
   * Those on the class path, the project's first.
   *
   * @throws UnavailableException if one cannot be loaded, or two share a name
   */
  public static List<DecisionRule> installed() {
    List<DecisionRule> rules = Plugins.load(DecisionRule.class);
    Map<String, DecisionRule> names = new HashMap<>();
    for (DecisionRule rule : rules) {
      DecisionRule before = names.put(rule.name(), rule);
      if (before != null) {
        throw new UnavailableException(
            "decision rule '"
                + rule.name()
                + "' is "
                + before.getClass().getName()
                + " and "
                + rule.getClass().getName()
                + "; rename one, or remove one from the class path");
      }
    }
    return rules;
  }
}
