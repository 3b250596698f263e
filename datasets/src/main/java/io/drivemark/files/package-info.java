/**
 * Writing files so that they are whole whatever happens: start with {@link
 * io.drivemark.files.DurableFiles}; {@link io.drivemark.files.FileLocks} keeps two programs from
 * changing one, {@link io.drivemark.files.Digests} says whether a file is still the same. Every
 * module may use it; knows paths and nothing else.
 */
package io.drivemark.files;
