/**
 * Accuracy spread over processes and machines that share a folder: what there is to measure is cut
 * into ranges of frames, workers take them under leases and write what they found as rows of whole
 * numbers, and a merge puts the rows together where they agree. Start with {@link
 * io.drivemark.eval.runner.shard.ShardWorker} and {@link
 * io.drivemark.eval.runner.shard.ShardMerge}. Latency is never spread: it is one machine's.
 */
package io.drivemark.eval.runner.shard;
