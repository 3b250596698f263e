/**
 * What a study found, as immutable values, and their JSON form {@code drivemark-run/1}. Start with
 * {@link io.drivemark.eval.runner.record.StudyResult} and {@link
 * io.drivemark.eval.runner.record.Entry}; {@link io.drivemark.eval.runner.record.ResultsJson} reads
 * and writes them. Reports are made from these records alone. Depends on no engine, no network and
 * no dataset.
 */
package io.drivemark.eval.runner.record;
