/**
 * Looks into folders without being led astray by links: start with {@link
 * io.drivemark.datasets.files.FileTree}. Knows paths, no dataset.
 */
package io.drivemark.datasets.files;
