/**
 * The self-contained HTML page: style, script, chart library, data and pictures in one file that
 * opens from disk and asks no network for anything. Start with {@link
 * io.drivemark.reports.page.HtmlReport}. Templates (jte) lie in {@code src/main/jte}; they turn the
 * view records of this package into HTML and compute nothing.
 */
package io.drivemark.reports.page;
