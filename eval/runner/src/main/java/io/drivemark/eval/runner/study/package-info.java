/**
 * What shall be measured: a YAML study file, read into values. Start with {@link
 * io.drivemark.eval.runner.study.Study#read}. Reading opens no dataset, no model and no engine.
 */
package io.drivemark.eval.runner.study;
