/**
 * Datasets seen differently: the first frames of one, or one whose photographs are changed while
 * truth, ids and attributes stay. Start with {@link io.drivemark.datasets.view.DatasetView}, of
 * which every view is a subclass, and {@link io.drivemark.datasets.view.ImageView} for views that
 * change photographs. A view never has the digest of what it shows, so that no result of one is
 * taken for the other's. Knows no file layout and no metric.
 */
package io.drivemark.datasets.view;
