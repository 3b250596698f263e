/**
 * What a cell counted for answers that come late, as files of whole numbers. Start with {@link
 * io.drivemark.eval.runner.evidence.driving.DelayEvidence}.
 */
package io.drivemark.eval.runner.evidence.driving;
