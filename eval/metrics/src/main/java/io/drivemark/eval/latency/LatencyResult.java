package io.drivemark.eval.latency;

import io.drivemark.eval.statistics.Bootstrap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an interleaved measurement gave. Immutable.
 *
 * @param candidates in the order they were given, without those that failed
 * @param control the first candidate prepared a second time
 * @param failures what those threw that failed meanwhile, by their names
 * @param protocol how it was measured
 */
public record LatencyResult(
    List<CandidateLatency> candidates,
    CandidateLatency control,
    Map<String, RuntimeException> failures,
    LatencyProtocol protocol) {
  public LatencyResult {
    candidates = List.copyOf(candidates);
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /** How much the first candidate differs from itself, end to end. */
  public AaBand endToEndBand() {
    return AaBand.of(candidates.get(0).endToEnd(), control.endToEnd(), bootstrap());
  }

  /** How much the first candidate differs from itself, the engine alone. */
  public AaBand engineBand() {
    return AaBand.of(candidates.get(0).engine(), control.engine(), bootstrap());
  }

  private Bootstrap bootstrap() {
    return Bootstrap.seeded(protocol.seed());
  }
}
