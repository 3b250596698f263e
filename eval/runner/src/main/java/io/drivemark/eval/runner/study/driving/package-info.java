/** What a study asks of answers that come late. */
package io.drivemark.eval.runner.study.driving;
