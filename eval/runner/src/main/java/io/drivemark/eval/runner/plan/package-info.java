/**
 * From a study to its cells: which model runs on which dataset with which engine, and the key of
 * each. Start with {@link io.drivemark.eval.runner.plan.Plan}. Measures nothing.
 */
package io.drivemark.eval.runner.plan;
