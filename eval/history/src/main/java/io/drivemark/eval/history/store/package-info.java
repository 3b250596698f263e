/**
 * Where results of nights are kept for the nights to come. Start with {@link
 * io.drivemark.eval.history.store.ResultStore}; {@code store.folder} reads folders.
 *
 * <p><b>Folders are the truth, the database is an index.</b> Everything in it follows from folders
 * of runs and nights: results and records of cells, further processes in {@code forks} and {@code
 * confirm}, and what people said in {@code decisions}. {@code rebuild} makes it again, {@code
 * verify} holds it against the folders, {@code dump} writes it as text: a line of JSON for each
 * row, named by what is in it and not by ids, so that two stores that hold the same have the same
 * dump, whatever keeps them. Counts of frames and single timed runs stay in the folders alone: a
 * night of the judge needs one logarithm a cell, metric and process, and rows of blocks would be
 * half of the database.
 *
 * <p><b>Nothing is there twice.</b> A run's uid is the digest of what it measured (machine, series,
 * digests of evidence), so a folder that is taken in again, copied or moved, or whose run was
 * repeated without measuring anything, is the run that is there. One in which something was
 * measured anew replaces what it was. Each folder is one transaction: a process that is killed
 * leaves it there whole or not at all.
 *
 * <p><b>What people said</b> ({@link io.drivemark.eval.history.Decision}) is kept by the uid of its
 * night or event, with name and time, in the database and, where the night's folder is at hand, as
 * a file in it. No rebuilding removes it from the database, and a database that is lost gets it
 * back from the folders. Where a folder is not at hand the dump is the second copy.
 *
 * <p><b>Two databases, one SQL.</b> SQLite in a file, PostgreSQL for teams. What differs is a
 * {@code Dialect}: opening, how the one writer begins, one word in a table's definition. Writers
 * take turns in both (an immediate transaction; an advisory lock), so that ids can be counted and
 * no two wait for each other's rows. Whoever waits does so for a bounded time, also where SQLite by
 * itself would not wait at all; see {@code Sqlite}. What is undefined is NULL, since SQLite makes
 * NULL of NaN and 0.0 of −0.0. A write-ahead log is used on local file systems alone.
 *
 * <p><b>Why no library for migrations or mapping.</b> Flyway would run one script here, and brings
 * telemetry that must be switched off and a module for each database; Jdbi maps rows to objects by
 * reflection, which a few records do not need. {@code Migrations} and {@code Sql} are about 300
 * lines together, take the lock before the version is read, and refuse a newer schema by its name.
 * A command opens one connection, so there is no pool.
 *
 * <p>No other package uses {@code java.sql}; a test checks that.
 */
package io.drivemark.eval.history.store;
