/**
 * Puts a study's entries side by side: which may be compared at all, which are on the Pareto front,
 * which are ties, and which to drive with under a time budget. {@link io.drivemark.eval.decide}
 * decides; this package words it. Start with {@link io.drivemark.reports.board.Board}. Knows no
 * file format and no page.
 */
package io.drivemark.reports.board;
