/**
 * Which machine this is: processor, memory, system, load, asked through OSHI and the JVM. Start
 * with {@link io.drivemark.eval.runner.environment.Machine}. OSHI appears nowhere else.
 */
package io.drivemark.eval.runner.environment;
