/**
 * What a night is to do and what lies in its folder: the file {@code NIGHT.yaml}, the names of
 * files, {@code night.json}. Start with {@link io.drivemark.eval.history.night.NightPlan} and
 * {@link io.drivemark.eval.history.night.NightFolder}. Knows no store and runs nothing.
 */
package io.drivemark.eval.history.night;
