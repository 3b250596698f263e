package io.drivemark.reports.night;

import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import java.util.Comparator;
import java.util.List;

/**
 * A verdict as lines that a workflow of GitHub turns into annotations when they are printed. GitHub
 * drops what exceeds ten errors of a step in silence, so there are no more, and the rest is
 * counted. Stateless.
 */
public final class GithubAnnotations {
  /** What GitHub shows of one step. */
  static final int MOST = 10;

  private GithubAnnotations() {}

  /** The lines, each ending in a line feed: the sentence first, then one error an open event. */
  public static String text(Verdict verdict) {
    StringBuilder out = new StringBuilder();
    String kind =
        switch (verdict.state()) {
          case FINE, WORSE -> "notice"; // each event has an error of its own
          case NOT_JUDGED -> "error";
        };
    line(kind, "Drivemark: " + verdict.state().word(), Inert.sentence(verdict.sentence()), out);
    List<Event> open =
        EventWords.open(verdict).stream()
            .sorted(Comparator.comparing((Event e) -> -size(e)))
            .toList();
    open.stream()
        .limit(MOST)
        .forEach(
            e ->
                line(
                    "error",
                    EventWords.title(e),
                    "Since "
                        + EventWords.date(e.onset().first())
                        + ", laid to "
                        + e.cause().word()
                        + "; "
                        + EventWords.status(e, verdict)
                        + ". "
                        + EventWords.compare(e),
                    out));
    if (open.size() > MOST) {
      int more = open.size() - MOST;
      line(
          "notice",
          "Drivemark: more events",
          more + (more == 1 ? " more event is" : " more events are") + " open, see verdict.md",
          out);
    }
    return out.toString();
  }

  private static double size(Event event) {
    return event.changes().stream().mapToDouble(c -> Math.abs(c.change())).max().orElse(0);
  }

  private static void line(String kind, String title, String message, StringBuilder out) {
    out.append("::").append(kind).append(" title=").append(property(title)).append("::");
    out.append(data(message)).append('\n');
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
