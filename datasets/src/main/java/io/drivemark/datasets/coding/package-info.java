/**
 * What the values in label and prediction files mean: which class a stored number or colour is, and
 * what happens to one that nobody declared. Start with {@link
 * io.drivemark.datasets.coding.LabelDecoder} for a dataset's own labels, {@link
 * io.drivemark.datasets.coding.PredictionReader} for predictions of any tool and {@link
 * io.drivemark.datasets.coding.PredictionFiles} for where they lie. Knows values and files, no
 * folder layout of a dataset and no metric.
 */
package io.drivemark.datasets.coding;
