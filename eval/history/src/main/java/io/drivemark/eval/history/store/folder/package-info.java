/**
 * What folders of runs and nights say to a store: values, read from results, records of cells,
 * further processes and verdicts, each checked against the others. Start with {@link
 * io.drivemark.eval.history.store.folder.RunFolder}. Knows no database.
 */
package io.drivemark.eval.history.store.folder;
