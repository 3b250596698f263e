package io.drivemark.eval.latency;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one candidate. Immutable.
 *
 * @param name the candidate's
 * @param warmUp how its warm-up went
 * @param endToEnd the sum of its stages: from the decoded frame to the label map where it has all
 *     of them, the engine's time where it is an {@link EngineAlone}
 * @param stages each stage that it has; sample i of each belongs to sample i of the sum
 * @param frames which frame each sample was of, see {@link Timed#frame()}; empty where that was not
 *     said
 */
public record CandidateLatency(
    String name,
    SteadyState.WarmUp warmUp,
    LatencySamples endToEnd,
    Map<Stage, LatencySamples> stages,
    List<Integer> frames) {
  public CandidateLatency {
    stages = Collections.unmodifiableMap(new EnumMap<>(stages));
    frames = List.copyOf(frames);
    if (!frames.isEmpty() && frames.size() != endToEnd.size()) {
      throw new IllegalArgumentException(
          "latency of "
              + name
              + ": "
              + endToEnd.size()
              + " samples of "
              + frames.size()
              + " frames");
    }
  }

  /** The engine alone. */
  public LatencySamples engine() {
    return stages.get(Stage.ENGINE);
  }
}
