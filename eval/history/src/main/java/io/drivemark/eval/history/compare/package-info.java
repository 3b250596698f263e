/**
 * What changed between two results: which cells are the same bits, by how much the others differ,
 * and what cannot be compared. Start with {@link io.drivemark.eval.history.compare.Comparer}.
 * Values: reports put them into words.
 */
package io.drivemark.eval.history.compare;
