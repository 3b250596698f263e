/**
 * A board as Tablesaw tables, and those as CSV and Markdown. Start with {@link
 * io.drivemark.reports.table.BoardTables}: it defines the columns, what each means and how it is
 * written; page, Markdown and CSV follow it. Knows boards and records, no page and no network.
 */
package io.drivemark.reports.table;
