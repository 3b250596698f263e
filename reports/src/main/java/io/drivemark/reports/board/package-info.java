/**
 * What a study's entries say when they are held side by side: which may be compared at all, which
 * of them are on the Pareto front, which cannot be told apart, which to drive with under a time
 * budget. Start with {@link io.drivemark.reports.board.Board}. Knows no file format and no page.
 */
package io.drivemark.reports.board;
