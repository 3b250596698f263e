/**
 * Finds files below folders, by patterns and without following links out of them, and keeps outputs
 * apart from what is read. Start with {@link io.drivemark.datasets.files.FileTree}, then {@link
 * io.drivemark.datasets.files.FilePattern} and {@link io.drivemark.datasets.files.ReadPlaces}.
 * Knows paths, no dataset.
 */
package io.drivemark.datasets.files;
