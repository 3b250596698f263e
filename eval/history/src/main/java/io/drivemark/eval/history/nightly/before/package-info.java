/**
 * Nights that lie beside a store that does not have them: {@link
 * io.drivemark.eval.history.nightly.before.MissingNights}. Knows the disk and the store's lines,
 * and changes neither.
 */
package io.drivemark.eval.history.nightly.before;
