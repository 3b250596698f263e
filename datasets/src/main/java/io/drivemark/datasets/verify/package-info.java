/**
 * Looks for what is wrong with a dataset before anything is measured on it: start with {@link
 * io.drivemark.datasets.verify.DatasetVerifier}. Reports, never repairs; prints nothing. Knows
 * datasets and their files, no metric and no network.
 */
package io.drivemark.datasets.verify;
