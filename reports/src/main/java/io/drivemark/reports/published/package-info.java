/**
 * What others published of their networks, row by row with where it was read: facts to stand beside
 * measured ones. Start with {@link io.drivemark.reports.published.PublishedTables}; the rows lie as
 * YAML beside this package's classes. Values are texts as they were printed, so nothing here can be
 * averaged or ranked, and what ranks ({@code eval.decide}, {@code reports.board}) does not know
 * this package.
 */
package io.drivemark.reports.published;
