/**
 * Turns a study's records into what a team decides from: a page, a Markdown file, a table. Start
 * with {@link io.drivemark.reports.Reports}; {@link io.drivemark.reports.board} compares, {@link
 * io.drivemark.reports.table} holds the tables, {@link io.drivemark.reports.page} writes the page.
 * Reads records only: it knows no network, no engine and no command line.
 */
package io.drivemark.reports;
