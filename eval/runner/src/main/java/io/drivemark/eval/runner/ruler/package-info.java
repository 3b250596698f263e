/**
 * Fixed work that is timed beside networks, so that a change of the machine can be told from one of
 * a network. Start with {@link io.drivemark.eval.runner.ruler.Ruler}. Knows no study.
 */
package io.drivemark.eval.runner.ruler;
