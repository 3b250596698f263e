package io.drivemark.eval.runner.derive;

import io.drivemark.eval.metrics.MetricValue;

/**
 * The frames that share a value of an attribute.
 *
 * @param images how many
 * @param miou under the score's protocol
 */
public record Slice(int images, MetricValue miou) {}
