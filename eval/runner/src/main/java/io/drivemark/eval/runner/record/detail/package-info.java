/** Parts of an entry that stand for themselves: how a model came to be, what a slice scores. */
package io.drivemark.eval.runner.record.detail;
