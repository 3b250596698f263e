/**
 * The command line: {@code drivemark run}, {@code score} and the rest. Start with {@link
 * io.drivemark.cli.Main}; each command is one class that turns options into a call of the library
 * and its answer into text and an exit code. Nothing depends on this package, and nothing here
 * loads a native library before a command needs it.
 */
package io.drivemark.cli;
