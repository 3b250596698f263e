package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.history.store.folder.RunFacts.RulerFacts;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.eval.runner.ruler.Ruler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rulers of a night: of each kind the median of all its runs, before the study and after it.
 * Only rulers of today's version of the work are taken: a ruler of other work, or of other bytes
 * for the engine, would seem to say that the machine changed. Stateless.
 */
final class NightRulers {
  private NightRulers() {}

  static List<RulerFacts> of(NightRecord night) {
    return of(night.rulersOfNight());
  }

  /** Those of what was timed again. */
  static List<RulerFacts> ofConfirmation(NightRecord night) {
    return of(night.rulersOfConfirmation());
  }

  private static List<RulerFacts> of(List<RulerTimes> rulers) {
    Map<String, List<Long>> runs = new TreeMap<>();
    for (RulerTimes times : rulers) {
      if (times.version().equals(Ruler.VERSION)) {
        runs.computeIfAbsent(Night.Ruler.JAVA, kind -> new ArrayList<>()).addAll(times.javaNanos());
        if (!times.engineNanos().isEmpty()) {
          runs.computeIfAbsent(times.engine(), kind -> new ArrayList<>())
              .addAll(times.engineNanos());
        }
      }
    }
    List<RulerFacts> out = new ArrayList<>();
    runs.forEach(
        (kind, nanos) -> out.add(new RulerFacts(kind, Math.log(RulerTimes.medianMs(nanos)))));
    return out;
  }
}
