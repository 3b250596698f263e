/**
 * Unpacks a dataset's label files, whatever kind they are of: PNG files, Cityscapes' polygons,
 * COCO's panoptic segments. Start with {@link io.drivemark.datasets.truth.TruthReader}. What the
 * values mean is decided elsewhere, by {@link io.drivemark.datasets.coding.LabelDecoder}; knows no
 * folder layout and no metric.
 */
package io.drivemark.datasets.truth;
