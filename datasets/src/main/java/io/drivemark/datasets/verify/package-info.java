/**
 * Looks for what is wrong with a dataset before anything is measured on it: start with {@link
 * io.drivemark.datasets.verify.DatasetVerifier}. Reports, never repairs; prints nothing.
 */
package io.drivemark.datasets.verify;
