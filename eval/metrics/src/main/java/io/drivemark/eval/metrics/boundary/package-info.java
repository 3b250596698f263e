/**
 * How well predictions follow the borders between classes: boundary IoU, boundary F and the trimap
 * curve. Start with {@link io.drivemark.eval.metrics.boundary.BoundaryIou}; {@link
 * io.drivemark.eval.metrics.boundary.LabelDistance} is the one distance that serves all classes and
 * all widths. What is kept of an image are integers that add up. May not know files or networks.
 */
package io.drivemark.eval.metrics.boundary;
