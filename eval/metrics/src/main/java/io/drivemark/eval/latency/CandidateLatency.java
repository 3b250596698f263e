package io.drivemark.eval.latency;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was measured of one candidate. Immutable.
 *
 * @param name the candidate's
 * @param warmUp how its warm-up went
 * @param endToEnd the sum of its stages: from the decoded frame to the label map where it has all
 *     of them, the engine's time where it is an {@link EngineAlone}
 * @param stages each stage that it has; sample i of each belongs to sample i of the sum
 */
public record CandidateLatency(
    String name,
    SteadyState.WarmUp warmUp,
    LatencySamples endToEnd,
    Map<Stage, LatencySamples> stages) {
  public CandidateLatency {
    stages = Collections.unmodifiableMap(new EnumMap<>(stages));
  }

  /** The engine alone. */
  public LatencySamples engine() {
    return stages.get(Stage.ENGINE);
  }
}
