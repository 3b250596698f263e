/**
 * Decides, from what was measured, which network is faster, which is more accurate and which is
 * worth its time. Everything here is a value: reports put it into words, alarms and selections act
 * on it, and none of them compares two networks' numbers by itself. Start at {@link
 * io.drivemark.eval.decide.LatencyScale} for speed and {@link
 * io.drivemark.eval.decide.FamilyVerdicts} for pruned variants; a rule of one's own is a {@link
 * io.drivemark.eval.decide.DecisionRule}. Depends on the records of {@code eval/runner}, on no
 * report.
 */
package io.drivemark.eval.decide;
