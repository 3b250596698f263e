/**
 * Driving frames and their labels as values: start with {@link io.drivemark.datasets.Dataset}, then
 * {@link io.drivemark.datasets.Sample}, {@link io.drivemark.datasets.LabelMap} and {@link
 * io.drivemark.datasets.LabelSpace}. Knows no network and no metric; pixels are heap arrays; an
 * OpenCV {@code Mat} never leaves {@link io.drivemark.datasets.image}.
 */
package io.drivemark.datasets;
