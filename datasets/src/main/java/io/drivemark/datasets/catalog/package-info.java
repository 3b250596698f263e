/**
 * Finds datasets, label spaces and mappings by name and opens them: start with {@link
 * io.drivemark.datasets.catalog.Datasets}. A dataset of files is declared by one YAML text, read
 * into a {@link io.drivemark.datasets.catalog.DatasetFormat}; the shipped ones lie as resources
 * beside this package. Knows no network and no metric.
 */
package io.drivemark.datasets.catalog;
