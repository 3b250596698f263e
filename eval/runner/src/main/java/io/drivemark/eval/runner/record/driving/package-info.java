/** What late answers of a network are worth, as records. */
package io.drivemark.eval.runner.record.driving;
