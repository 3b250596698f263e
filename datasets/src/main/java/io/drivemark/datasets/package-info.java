/**
 * Driving frames and their labels as values. A {@link io.drivemark.datasets.Dataset} is one split;
 * a {@link io.drivemark.datasets.Frame} of it reads its photograph, its truth, its distances or its
 * objects when they are asked for; {@link io.drivemark.datasets.LabelSpace}, {@link
 * io.drivemark.datasets.LabelCoding} and {@link io.drivemark.datasets.LabelMap} say what labels
 * mean. A dataset made by a program begins with {@link io.drivemark.datasets.DatasetProvider}.
 * Knows no network and no metric; pixels are heap arrays; an OpenCV {@code Mat} never leaves {@link
 * io.drivemark.datasets.image}.
 */
package io.drivemark.datasets;
