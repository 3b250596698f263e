package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import java.util.ArrayList;
import java.util.List;

/** Decides who is told of a verdict. Stateless. */
final class Notices {
  private Notices() {}

  /**
   * Tells those who want to know.
   *
   * @return what went wrong with it, in words: a verdict stands though nobody could be told
   */
  static List<String> send(
      List<NightPlan.Notice> notices,
      Verdict verdict,
      NightFolder night,
      Parts.Messenger messenger) {
    List<String> problems = new ArrayList<>();
    for (NightPlan.Notice notice : notices) {
      if (notice.on().stream().anyMatch(occasion -> is(occasion, verdict))) {
        String problem = messenger.tell(notice, night);
        if (!problem.isEmpty()) {
          problems.add("notify: " + String.join(" ", notice.command()) + ": " + problem);
        }
      }
    }
    return problems;
  }

  private static boolean is(NightPlan.Occasion occasion, Verdict verdict) {
    return switch (occasion) {
      case OPENED -> news(verdict).stream().anyMatch(e -> opened(e, verdict));
      case CLOSED -> news(verdict).stream().anyMatch(e -> closed(e, verdict));
      case CHANGED ->
          news(verdict).stream().anyMatch(e -> !opened(e, verdict) && !closed(e, verdict));
      case UNJUDGED -> verdict.state() == Verdict.State.NOT_JUDGED;
      case ALWAYS -> true;
    };
  }

  private static List<Event> news(Verdict verdict) {
    return verdict.events().stream().filter(e -> verdict.news().contains(e.uid())).toList();
  }

  private static boolean opened(Event event, Verdict verdict) {
    return event.opened().equals(verdict.night());
  }

  private static boolean closed(Event event, Verdict verdict) {
    return event.closed().filter(verdict.night()::equals).isPresent();
  }
}
