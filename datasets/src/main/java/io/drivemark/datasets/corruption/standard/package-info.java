/**
 * The project's corruptions: noise (three kinds), blur (two), brightness, contrast, darkness, JPEG,
 * few bits, fog and dirt on the lens. Severities of the first seven and of JPEG and fog are those
 * of the common corruptions (Hendrycks and Dietterich 2019, arXiv 1903.12261) as drawn for 224×224
 * photographs: lengths are in pixels, so that a blur of one severity is weaker on a larger
 * photograph. Their bytes are our own: counter-based random numbers, whole numbers where others use
 * floats, results rounded down.
 */
package io.drivemark.datasets.corruption.standard;
