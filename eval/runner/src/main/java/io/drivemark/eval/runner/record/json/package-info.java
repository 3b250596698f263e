/**
 * Records as JSON. {@link io.drivemark.eval.runner.record.json.ResultsJson} is the file that
 * reports are written from, {@link io.drivemark.eval.runner.record.json.EntryJson} one of its
 * entries; what their fields are stands in {@code EntryView}, {@code AccuracyView} and {@code
 * SpeedView}, and is a contract. All other records are JSON objects of their components by {@code
 * RecordMapper}: a new component needs nothing here, as long as it is an {@code Optional}, a list
 * or a map, so that older files stay readable. Knows records, and files, alone.
 */
package io.drivemark.eval.runner.record.json;
