/**
 * What a study found, as immutable values. Start with {@link
 * io.drivemark.eval.runner.record.StudyResult} and {@link io.drivemark.eval.runner.record.Entry};
 * {@link io.drivemark.eval.runner.record.json.ResultsJson} reads and writes them as JSON. Reports
 * are made from these records alone. Depends on no engine, no network and no dataset.
 */
package io.drivemark.eval.runner.record;
