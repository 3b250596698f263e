/** What was found of the latencies that random pruning gets to. */
package io.drivemark.eval.runner.record.reach;
