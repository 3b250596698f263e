/**
 * Random numbers that are the same on every platform, Java version and run, for what is drawn or
 * changed by a seed: {@link io.drivemark.datasets.random.Rng}. Knows no dataset.
 */
package io.drivemark.datasets.random;
