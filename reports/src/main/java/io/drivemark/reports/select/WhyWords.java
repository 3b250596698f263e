package io.drivemark.reports.select;

import io.drivemark.eval.decide.select.Certainty;
import io.drivemark.eval.decide.select.Choice;
import io.drivemark.eval.decide.select.Fit;
import io.drivemark.eval.decide.select.Rival;
import io.drivemark.eval.decide.select.Selection;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why a network is not the choice, or what speaks for it, in sentences. Stateless. */
public final class WhyWords {
  private WhyWords() {}

  /** Why a network is not, or may be, the choice. */
  public static List<String> of(Choice c, Selection s) {
    List<String> out = new ArrayList<>();
    if (c.obstacle().isPresent()) {
      out.add("It cannot be compared: " + SelectWords.obstacle(c.obstacle().get()) + ".");
      return out;
    }
    c.twinOf()
        .ifPresent(
            n ->
                out.add(
                    "It is the same file as "
                        + s.choices().get(n).label()
                        + ", of which all of this is said."));
    for (Fit fit : c.fits()) {
      out.add("Budget " + fit.budget().text() + ": " + SelectWords.fit(fit) + ".");
    }
    for (Rival r : c.beatenBy()) {
      out.add(
          "Beaten for certain by "
              + r.label()
              + ": "
              + SelectWords.lead(r, s)
              + " ("
              + probabilities(r)
              + "; among all claims "
              + Numbers.probability(r.beatsP())
              + ").");
    }
    if (c.beatenBy().isEmpty()) {
      out.add(
          c.certainty() == Certainty.ON_FRONT
              ? "No network beats it: it is on the front for certain."
              : "No network beats it for certain: it is on the front in "
                  + SelectWords.share(c.frontShare().orElseThrow())
                  + " of draws.");
      c.rivals().stream()
          .limit(c.certainty() == Certainty.OPEN ? 1 : 0)
          .forEach(
              r ->
                  out.add(
                      "Nearest to beating it is "
                          + r.label()
                          + ": "
                          + SelectWords.lead(r, s)
                          + " (accuracy "
                          + Numbers.probability(r.accuracyP())
                          + ", speed "
                          + Numbers.probability(r.latencyP())
                          + ")."));
      c.separations().forEach(x -> out.add(sentence(SelectWords.separation(x))));
    }
    if (c.broken().isEmpty() && !c.mayBeBest()) {
      out.add(
          "It is certainly not the most accurate"
              + (s.terms().budgets().isEmpty() ? "" : " within the budgets")
              + s.best()
                  .flatMap(
                      best ->
                          c.rivals().stream().filter(r -> r.other() == best.number()).findFirst())
                  .map(r -> ": " + r.label() + " has " + SelectWords.gain(r, s))
                  .orElse("")
              + ".");
    } else if (c.mayBeBest()) {
      out.add(
          "It may be the most accurate"
              + (s.terms().budgets().isEmpty() ? "" : " within the budgets")
              + ": so in "
              + SelectWords.share(c.bestShare().orElseThrow())
              + " of draws.");
    }
    return out;
  }

  private static String probabilities(Rival r) {
    return (r.sameCounts() ? "" : "accuracy " + Numbers.probability(r.accuracyP()) + ", ")
        + "speed "
        + Numbers.probability(r.latencyP());
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }
}
