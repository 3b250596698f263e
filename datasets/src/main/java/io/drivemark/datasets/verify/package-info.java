/**
 * Looks for what is wrong with a dataset before anything is measured on it: start with {@link
 * io.drivemark.datasets.verify.DatasetVerifier}, which {@code drivemark verify} calls. A new check
 * is a kind of {@link io.drivemark.datasets.verify.Finding} and the code that finds it: in {@code
 * FrameCheck} for one frame, beside it for files of a split. Reports, never repairs; prints
 * nothing. Knows datasets and their files, no metric and no network.
 */
package io.drivemark.datasets.verify;
