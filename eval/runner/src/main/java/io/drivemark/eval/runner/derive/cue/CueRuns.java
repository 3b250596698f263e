package io.drivemark.eval.runner.derive.cue;

import io.drivemark.eval.runner.evidence.PathRuns.Run;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Setting;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** From the runs for pictures to the numbers of a record. Stateless. */
public final class CueRuns {
  private CueRuns() {}

  /**
   * What runs come to.
   *
   * @param cues from the network outwards
   * @param rate pictures a second; absent where frames stood apart
   * @param runs of each picture that was seen
   * @param judged ids of the judged frames
   * @throws IllegalArgumentException if one of these was not seen once
   */
  public static CueFacts facts(
      List<Setting> cues, OptionalDouble rate, List<Run> runs, Collection<String> judged) {
    Set<String> all = Set.copyOf(judged);
    Set<String> open = new HashSet<>(all);
    long sum = 0;
    long ages = 0;
    int oldest = 0;
    for (Run run : runs) {
      sum += run.runs();
      if (open.remove(run.picture())) {
        int age = run.number() - run.from();
        ages += age;
        oldest = Math.max(oldest, age);
      } else if (all.contains(run.picture())) {
        throw new IllegalArgumentException("frame " + run.picture() + " was seen twice");
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(
          "frame " + open.iterator().next() + " was judged and not seen");
    }
    return new CueFacts(
        cues, rate, runs.size(), sum, all.size(), ages, oldest, Optional.empty(), Optional.empty());
  }
}
