/**
 * Finds datasets, label spaces and mappings by name and opens them: start with {@link
 * io.drivemark.datasets.catalog.Datasets}. A dataset of files is declared by one YAML text, which
 * {@code FormatReader} reads into a {@link io.drivemark.datasets.catalog.DatasetFormat}; a {@link
 * io.drivemark.datasets.catalog.FolderScan} finds its files, and its frames are read by {@code
 * FolderFrame}. The shipped declarations lie as resources beside this package, in {@code formats}.
 * Knows no network and no metric.
 */
package io.drivemark.datasets.catalog;
