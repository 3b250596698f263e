package io.drivemark.eval.history.store;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds nights and events by what people call them. Stateless. */
final class NightNames {
  private static final String LAST = "last";
  private static final String LAST_GOOD = "last-good";
  private static final int LEAST_DIGITS = 6;
  private static final int SHOWN = 5;

  private NightNames() {}

  /** The one night that is called so, see {@link ResultStore#night}. */
  static NightLine find(String name, List<NightLine> nights, List<Decision> decisions) {
    List<NightLine> found =
        switch (name) {
          case LAST -> newest(nights);
          case LAST_GOOD ->
              newest(
                  nights.stream()
                      .filter(
                          n ->
                              n.verdict()
                                  .filter(v -> v.state().equals(Verdict.State.FINE.word()))
                                  .isPresent())
                      .toList());
          default -> {
            Set<String> annotated =
                decisions.stream()
                    .filter(d -> d.kind() == Decision.Kind.ANNOTATE && d.text().equals(name))
                    .map(Decision::subject)
                    .collect(Collectors.toSet());
            yield nights.stream()
                .filter(n -> isCalled(n, name) || annotated.contains(n.ref().uid()))
                .toList();
          }
        };
    if (found.size() != 1) {
      throw new BadInputException(
          "night '"
              + name
              + "': "
              + (found.isEmpty()
                  ? "there is none in the store" + known(nights)
                  : found.size()
                      + " nights are called so: "
                      + found.stream()
                          .limit(SHOWN)
                          .map(n -> n.ref().uid().substring(0, LEAST_DIGITS) + " in " + n.folder())
                          .collect(Collectors.joining(", "))
                      + "; give more digits of the uid"));
    }
    return found.get(0);
  }

  private static List<NightLine> newest(List<NightLine> nights) {
    return nights.isEmpty() ? List.of() : List.of(nights.get(nights.size() - 1));
  }

  private static boolean isCalled(NightLine night, String name) {
    Path folder = Path.of(night.folder());
    return name.equals(String.valueOf(folder.getFileName()))
        || Path.of(name).toAbsolutePath().normalize().equals(folder)
        || name.length() >= LEAST_DIGITS && night.ref().uid().startsWith(name);
  }

  private static String known(List<NightLine> nights) {
    if (nights.isEmpty()) {
      return ", which is empty";
    }
    return "; the last ones are "
        + nights.subList(Math.max(0, nights.size() - SHOWN), nights.size()).stream()
            .map(n -> String.valueOf(Path.of(n.folder()).getFileName()))
            .collect(Collectors.joining(", "));
  }

  /** The one event that is called so, see {@link ResultStore#event}. */
  static Event event(String name, List<Event> events) {
    List<Event> found =
        events.stream()
            .filter(
                event ->
                    event.uid().equals(name)
                        || name.length() >= LEAST_DIGITS && event.uid().startsWith(name))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new BadInputException(
        "event '"
            + name
            + "': "
            + (found.isEmpty() ? "there is none in the store" : "several begin so")
            + (events.isEmpty()
                ? ", which has no events"
                : "; the last ones are "
                    + events.subList(Math.max(0, events.size() - SHOWN), events.size()).stream()
                        .map(Event::uid)
                        .collect(Collectors.joining(", "))));
  }
}
