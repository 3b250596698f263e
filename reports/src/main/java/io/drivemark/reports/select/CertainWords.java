package io.drivemark.reports.select;

import io.drivemark.eval.decide.Yardstick;
import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.decide.select.Certainty;
import io.drivemark.eval.decide.select.Choice;
import io.drivemark.eval.decide.select.Obstacle;
import io.drivemark.eval.decide.select.Selection;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.List;

/** What of a report's front and advice is certain and what is open, in sentences. Stateless. */
public final class CertainWords {
  private static final int NAMES = 5;

  private CertainWords() {}

  /** The sentences of a board; none where nothing is held against anything. */
  public static List<String> of(Yardstick yardstick, List<BoardSelection> selections) {
    return selections.stream()
        .filter(s -> s.yardstick().equals(yardstick))
        .findFirst()
        .map(s -> of(s.selection()))
        .orElse(List.of());
  }

  private static List<String> of(Selection s) {
    List<Choice> compared =
        s.choices().stream().filter(c -> c.obstacle().isEmpty() && c.twinOf().isEmpty()).toList();
    if (compared.size() < 2) {
      int single = s.choices().stream().filter(CertainWords::isOfOneCluster).toList().size();
      return single < 2
          ? List.of()
          : List.of(
              "Nothing here is certain of other frames: these make a single cluster, of which"
                  + " nothing varies.");
    }
    List<String> out = new ArrayList<>();
    List<Choice> front = s.of(Certainty.ON_FRONT);
    List<Choice> beaten = s.of(Certainty.BEATEN);
    List<Choice> open = s.of(Certainty.OPEN);
    if (!front.isEmpty()) {
      out.add("On the front for certain: " + names(front) + ".");
    }
    if (!beaten.isEmpty()) {
      out.add(
          "Certainly beaten: "
              + Numbers.names(
                  beaten.stream()
                      .map(c -> c.label() + " (by " + c.beatenBy().get(0).label() + ")")
                      .toList(),
                  NAMES)
              + ".");
    }
    if (!open.isEmpty()) {
      out.add(
          "Open: "
              + names(open)
              + ". Means put them in an order that other frames or another process may turn.");
    }
    boolean none = front.isEmpty() && beaten.isEmpty();
    out.add(
        (none
                ? "Nothing here is certain"
                : "The chance that any of these claims is false is "
                    + SelectWords.chance(1 - s.terms().sure())
                    + " at most")
            + " ("
            + SelectWords.basis(s)
            + "); drivemark select says what would tell the open ones apart.");
    return out;
  }

  private static boolean isOfOneCluster(Choice c) {
    return c.obstacle().filter(o -> o.kind() == Obstacle.Kind.ONE_CLUSTER).isPresent();
  }

  private static String names(List<Choice> choices) {
    return Numbers.names(choices.stream().map(Choice::label).toList(), NAMES);
  }
}
