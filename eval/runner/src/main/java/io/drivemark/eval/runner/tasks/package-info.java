/**
 * Work shared between threads, and the problems that it met, gathered in order. Start with {@link
 * io.drivemark.eval.runner.tasks.WorkerPool}. Knows no frame and no network.
 */
package io.drivemark.eval.runner.tasks;
