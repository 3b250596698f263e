/**
 * Reads YAML into records with errors a user can act on: every problem of a file is collected and
 * reported at once with its path, what was found, what was expected, the nearest key and the line.
 * Start with {@link io.drivemark.config.ConfigFile}; studies, model files and dataset declarations
 * are read so. {@link io.drivemark.config.Numbers} reads numbers as people write them. Infers,
 * downloads and changes nothing.
 */
package io.drivemark.config;
