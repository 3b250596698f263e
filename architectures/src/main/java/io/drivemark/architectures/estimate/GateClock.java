package io.drivemark.architectures.estimate;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.latency.LatencyTable;
import io.drivemark.architectures.latency.PredictedLatency;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.problem.Progress;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Predicts what a frame takes on an engine from the times of pieces of networks: those of the
 * network that has only the frame's live units, and those of the heads. What gathering weights
 * takes is not seen. Not thread-safe.
 */
public final class GateClock {
  private final GatedNetwork gated;
  private final PredictedLatency latency;
  private final String of;
  private final double dense;
  private final double heads;

  private GateClock(GatedNetwork gated, PredictedLatency latency, String of) {
    this.gated = gated;
    this.latency = latency;
    this.of = of;
    this.dense = latency.nanos(gated.dense());
    Set<String> small =
        gated.network().nodes().stream()
            .filter(n -> GatedNetwork.isOfGates(n) && !(n.op() instanceof Gate))
            .map(Node::name)
            .collect(Collectors.toSet());
    this.heads = latency.nanos(gated.network(), small::contains);
  }

  /** A clock that measures what its table does not know. */
  public static GateClock of(
      GatedNetwork gated, int height, int width, LatencyTable table, Progress progress) {
    Network dense = gated.dense();
    boolean narrower = gated.sites().get(0).kind() == GateSite.Kind.FILTERS;
    return new GateClock(
        gated,
        PredictedLatency.of(dense, height, width, narrower, table, progress),
        table.toString());
  }

  /** The predicted share of the dense network's time that a frame with these units takes. */
  public double share(List<BitSet> live) {
    return (latency.nanos(gated.cut(live)) + heads) / dense;
  }

  /** What the times are of: engine, version, threads and machine. */
  @Override
  public String toString() {
    return of;
  }
}
