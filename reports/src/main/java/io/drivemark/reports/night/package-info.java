/**
 * Views of a night's verdict for people and for pipelines. Each is made of the verdict alone; names
 * of models, datasets and people are text in all of them. Start at {@link
 * io.drivemark.reports.night.VerdictFormats}.
 */
package io.drivemark.reports.night;
