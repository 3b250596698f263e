/**
 * Which networks can be chosen, with what certainty: on the front for certain, certainly beaten,
 * open, or not comparable, within budgets on any recorded figure. Start with {@link
 * io.drivemark.eval.decide.select.Selection}; {@link io.drivemark.eval.decide.select.Entrants}
 * makes its input from finished studies. Values without sentences: reports word them.
 */
package io.drivemark.eval.decide.select;
