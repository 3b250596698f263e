/**
 * What was measured over nights: which series they belong to, where they are kept, how two of them
 * compare, and what a night's figures say against those before. Values and their store; reports put
 * them into words. Depends on {@code eval/runner} and {@code eval/decide}, on no report.
 */
package io.drivemark.eval.history;
