/**
 * Which latencies random pruning reaches: many untrained variants of a network, each timed quickly
 * in turn with its parent. Start with {@link io.drivemark.eval.runner.reach.ReachRun}.
 */
package io.drivemark.eval.runner.reach;
