/**
 * Which latencies random pruning reaches: many untrained variants of a network, each timed quickly
 * in turns with its parent. Start with {@link io.drivemark.eval.runner.reach.ReachRun}; {@link
 * io.drivemark.eval.runner.record.json.ReachFile} keeps the points. Knows no study, no cell and no
 * report.
 */
package io.drivemark.eval.runner.reach;
