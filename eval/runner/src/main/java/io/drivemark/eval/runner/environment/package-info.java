/**
 * Which machine this is: processor, memory, system and load, from OSHI and the JVM. Start with
 * {@link io.drivemark.eval.runner.environment.Machine}. The only package that may use OSHI; knows
 * no study, no network and no engine.
 */
package io.drivemark.eval.runner.environment;
