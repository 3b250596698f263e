package io.drivemark.architectures.cue;

import io.drivemark.config.ConfigMap;

/**
 * One kind of cue: reads its settings. Found by name through {@link CueTypes} (ServiceLoader).
 * Stateless.
 */
public interface CueType {
  /** Lower case letters, digits and dashes, for example {@code keyframes}; the key in a study. */
  String name();

  /** What it does, in one line. */
  String summary();

  /**
   * Reads its settings.
   *
   * @param keys what stands below its name. What is wrong is recorded there, and something harmless
   *     is returned
   */
  Cue read(ConfigMap keys);
}
