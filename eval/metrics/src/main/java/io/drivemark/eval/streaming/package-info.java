/**
 * What a network is worth on the road, where an answer comes late: a camera takes pictures at its
 * own pace, one worker answers them by a policy, and the truth is asked at its own times. {@link
 * io.drivemark.eval.streaming.Schedule} says which answer is there when, {@link
 * io.drivemark.eval.streaming.DelayCounts} what answers of every age are worth, {@link
 * io.drivemark.eval.streaming.StreamingCounts} joins the two by sums of whole numbers. Counts know
 * no latency and latencies no picture, so that another machine, camera or speed needs no inference.
 *
 * <p>Times are nanoseconds from the first picture of a sequence. Knows latency samples and
 * confusion counts; no network.
 */
package io.drivemark.eval.streaming;
