package io.drivemark.eval.runner.score;

import io.drivemark.eval.metrics.safety.Flicker;

/**
 * What changes between neighbouring frames where nothing does.
 *
 * @param counts over all pairs
 * @param pairs how many pairs of neighbours there were
 */
public record Flickering(Flicker counts, int pairs) {}
