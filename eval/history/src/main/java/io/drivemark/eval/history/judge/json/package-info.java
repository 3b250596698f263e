/**
 * {@code verdict.json}: a verdict as a file that programs read, schema {@code drivemark-verdict/1},
 * described by {@code drivemark-verdict-1.schema.json} beside these classes. Start with {@link
 * io.drivemark.eval.history.judge.json.VerdictJson}.
 */
package io.drivemark.eval.history.judge.json;
