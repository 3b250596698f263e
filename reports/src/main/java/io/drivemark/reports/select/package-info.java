/**
 * Selections in words: which networks are certain, beaten, open or not comparable. Start with
 * {@link io.drivemark.reports.select.SelectWords}. What is said here is decided in {@code
 * io.drivemark.eval.decide.select}.
 */
package io.drivemark.reports.select;
