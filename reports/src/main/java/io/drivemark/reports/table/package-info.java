/**
 * A board as Tablesaw tables, and those as CSV and Markdown. Start with {@link
 * io.drivemark.reports.table.BoardTables}: it says once which columns there are, what each means
 * and how it is written; page, Markdown and CSV follow it.
 */
package io.drivemark.reports.table;
