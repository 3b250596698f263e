package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.labelling.Grid;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;

/**
 * What a network's labels become. Immutable.
 *
 * @param mapping from the model's label space to the truth's
 * @param truth the dataset's own label space, of the same classes as the mapping's target
 * @param grid how outputs come onto the truth's grid
 */
public record LabelTarget(LabelMapping mapping, LabelSpace truth, Grid grid) {}
