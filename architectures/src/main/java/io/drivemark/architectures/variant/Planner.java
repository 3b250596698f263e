package io.drivemark.architectures.variant;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.FilterPlanner;
import io.drivemark.architectures.pruning.Importance;
import io.drivemark.architectures.pruning.LayerPlanner;
import io.drivemark.architectures.pruning.LayerScores;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.Quantity;
import java.util.HashMap;
import java.util.Map;

/** Makes plans for one scored network: more than one, while a latency is sought. */
interface Planner {
  /** The plan that leaves at most a share of something. */
  PruningPlan keep(Quantity measure, double share);

  /** The share that remains when all goes that may. */
  double least(Quantity measure);

  /** The plan that removes so many units of layers. */
  PruningPlan remove(int units);

  /** Plans for filters; what is sought for one measure is ordered once. Not thread-safe. */
  final class Filters implements Planner {
    private final Network network;
    private final Importance importance;
    private final PruneRequest request;
    private final CalibrationSet frames;
    private final Map<Quantity, FilterPlanner> planners = new HashMap<>();

    Filters(Network network, Importance importance, PruneRequest request, CalibrationSet frames) {
      this.network = network;
      this.importance = importance;
      this.request = request;
      this.frames = frames;
    }

    @Override
    public PruningPlan keep(Quantity measure, double share) {
      return planner(measure).keep(share, request.seed());
    }

    @Override
    public double least(Quantity measure) {
      return planner(measure).least();
    }

    @Override
    public PruningPlan remove(int units) {
      throw new IllegalStateException("requests refuse to remove filters by number");
    }

    private FilterPlanner planner(Quantity measure) {
      return planners.computeIfAbsent(
          measure,
          m ->
              new FilterPlanner(
                  network, importance, request.goal(m, 1, frames.height(), frames.width())));
    }
  }

  /** Plans for layers. */
  record Layers(Network network, LayerScores scores, PruneRequest request, CalibrationSet frames)
      implements Planner {
    @Override
    public PruningPlan keep(Quantity measure, double share) {
      return request.scope() == FilterGoal.Scope.WORTH
          ? LayerPlanner.keepWorth(
              network, scores, measure, share, frames.height(), frames.width(), request.seed())
          : LayerPlanner.keep(
              network, scores, measure, share, frames.height(), frames.width(), request.seed());
    }

    @Override
    public double least(Quantity measure) {
      return LayerPlanner.least(network, scores, measure, frames.height(), frames.width());
    }

    @Override
    public PruningPlan remove(int units) {
      return LayerPlanner.remove(network, scores, units, request.seed());
    }
  }
}
