/**
 * What errors mean for driving: confusions weighted by how grave they are, vulnerable road users
 * that are missed altogether, obstacles near and ahead taken for road, labels that flicker. Start
 * with {@link io.drivemark.eval.metrics.safety.SafeMiou} and {@link
 * io.drivemark.eval.metrics.safety.VulnerableRecall}. How grave is data, not code: see {@link
 * io.drivemark.eval.metrics.safety.SeverityMatrix}. May not know networks.
 */
package io.drivemark.eval.metrics.safety;
