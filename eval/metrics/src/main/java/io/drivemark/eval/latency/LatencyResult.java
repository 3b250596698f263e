package io.drivemark.eval.latency;

import io.drivemark.eval.statistics.Bootstrap;
import java.util.List;

/**
 * What an interleaved measurement gave. Immutable.
 *
 * @param candidates in the order they were given
 * @param control the first candidate a second time
 * @param protocol how it was measured
 */
public record LatencyResult(
    List<CandidateLatency> candidates, CandidateLatency control, LatencyProtocol protocol) {
  public LatencyResult {
    candidates = List.copyOf(candidates);
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
