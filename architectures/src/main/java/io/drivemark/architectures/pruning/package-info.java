/**
 * Removing parts of networks: analyse, score, plan, apply.
 *
 * <p>Which channels belong together ({@link io.drivemark.architectures.pruning.ChannelGroups}) and
 * which layers can be left out ({@link io.drivemark.architectures.pruning.RemovableUnit}); how much
 * each filter matters ({@link io.drivemark.architectures.pruning.Criterion}, {@link
 * io.drivemark.architectures.pruning.Importance}); what is removed ({@link
 * io.drivemark.architectures.pruning.PruningPlan}, made by {@link
 * io.drivemark.architectures.pruning.FilterPlanner} and {@link
 * io.drivemark.architectures.pruning.LayerPlanner}); and the passes that do it: the network with
 * removed channels held at zero ({@link io.drivemark.architectures.pruning.MaskedNetwork}), without
 * them ({@link io.drivemark.architectures.pruning.Materialise}; both compute the same), and without
 * layers ({@link io.drivemark.architectures.pruning.LayerRemoval}). Every pass takes a network and
 * gives another one; none changes anything.
 *
 * <pre>{@code
 * Importance l1 = Importance.of(enet, Criteria.named("l1"), 1);
 * FilterGoal goal = FilterGoal.keep(Measure.MACS, 0.6, 360, 480);
 * Network smaller = FilterPlanner.plan(enet, l1, goal, 1).apply(enet);
 * }</pre>
 *
 * <p>Depends on graph alone; no engine is known here.
 */
package io.drivemark.architectures.pruning;
