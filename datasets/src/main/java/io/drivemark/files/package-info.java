/**
 * Writing files so that they are whole whatever happens: start with {@link
 * io.drivemark.files.DurableFiles}; {@link io.drivemark.files.FileLocks} keeps two programs from
 * changing one. Every module may use it; knows paths and nothing else.
 */
package io.drivemark.files;
