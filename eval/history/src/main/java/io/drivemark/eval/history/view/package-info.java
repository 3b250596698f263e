/**
 * What pages and files show of a history: figures of nights with their levels and marks, chosen by
 * series, metric and date. Start at {@link io.drivemark.eval.history.view.Panels}.
 */
package io.drivemark.eval.history.view;
