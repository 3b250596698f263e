/** What a fresh process is to time again, what it timed, and how long fixed work took. */
package io.drivemark.eval.runner.record.fork;
