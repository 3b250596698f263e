/**
 * What a night is to its judge, and what the judge says of it: values alone. A caller makes {@link
 * io.drivemark.eval.history.judge.Night} values from files or a store and hands them to {@code
 * judge.method}; what comes back is a {@link io.drivemark.eval.history.judge.Verdict}. Start with
 * {@link io.drivemark.eval.history.judge.JudgeInput}. No file, no database, no clock.
 */
package io.drivemark.eval.history.judge;
