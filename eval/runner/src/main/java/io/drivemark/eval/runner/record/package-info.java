/**
 * What a study found, as immutable values. Start with {@link
 * io.drivemark.eval.runner.record.StudyResult} and {@link io.drivemark.eval.runner.record.Entry};
 * {@link io.drivemark.eval.runner.record.json.ResultsJson} reads and writes them as JSON. Reports
 * are made from these records alone. A new stored field is a component here, and where it stands in
 * {@code results.json} in {@code record.json.EntryView}. Depends on no engine, no network and no
 * dataset.
 */
package io.drivemark.eval.runner.record;
