/**
 * What can go wrong outside the program, as two exceptions the command line turns into exit codes,
 * and the small helpers that make their messages useful. Start with {@link
 * io.drivemark.problem.BadInputException}. Depends on nothing.
 */
package io.drivemark.problem;
