/**
 * Cells as folders: written whole, reused by their keys, checked against their evidence when read.
 * Start with {@link io.drivemark.eval.runner.store.RunStore}. Start with it to read results; {@link
 * io.drivemark.eval.runner.store.Ledger} holds those of a running study.
 */
package io.drivemark.eval.runner.store;
