/**
 * What the values in label and prediction files mean: start with {@link
 * io.drivemark.datasets.coding.LabelDecoder} for a dataset's own labels and {@link
 * io.drivemark.datasets.coding.PredictionFiles} for predictions. Knows values and files, no folder
 * layout and no metric.
 */
package io.drivemark.datasets.coding;
