/**
 * Instance-level IoU: every object counts alike, however large. Start with {@link
 * io.drivemark.eval.metrics.instance.InstanceRules}, which says how a dataset weighs its objects,
 * and {@link io.drivemark.eval.metrics.instance.InstanceCounts}, which one pass over a frame gives.
 * May not know files or networks.
 */
package io.drivemark.eval.metrics.instance;
