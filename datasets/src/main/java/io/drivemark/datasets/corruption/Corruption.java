package io.drivemark.datasets.corruption;

import io.drivemark.datasets.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * One way in which a photograph gets worse: noise, blur, darkness, fog, dirt on the lens. It
 * changes bytes of a photograph at its own size, before any preprocessing, and never the truth. It
 * plugs in by {@link java.util.ServiceLoader}; {@code CorruptionContract} tests it. Implementations
 * keep nothing and are thread-safe.
 *
 * <p>Its bytes must be the same on each machine, run and thread: random numbers come from {@link
 * Draws} alone, functions from {@link StrictMath}, sums are whole numbers where they can be, and
 * results are rounded down and kept within 0..255.
 */
public interface Corruption {
  /** The least severity. */
  int LEAST = 1;

  /** The greatest severity. */
  int MOST = 5;

  /** Lower case letters, digits and dashes, for example {@code gaussian-noise}. */
  String name();

  /** What it does to a photograph, in one line. */
  String summary();

  /** What it is set to at severities 1 to 5, in words of its own; five texts. */
  List<String> settings();

  /** Raised with each change of the bytes that it gives; part of what results depend on. */
  int derivation();

  /**
   * What else its bytes depend on, for example the version of a library; empty if nothing.
   *
   * @throws io.drivemark.problem.UnavailableException if that is not there on this machine
   */
  default String basis() {
    return "";
  }

  /** Whether it stays the same all along a sequence, as dirt on a lens does. */
  default boolean sticks() {
    return false;
  }

  /** Whether it goes by distances where they are known. */
  default boolean usesDistances() {
    return false;
  }

  /**
   * The photograph made worse, in an array of its own.
   *
   * @param image the photograph; not to be written to
   * @param severity {@value #LEAST} to {@value #MOST}
   * @param draws random numbers that belong to this corruption, severity and frame (or sequence, if
   *     it {@link #sticks})
   * @param distances how far away each pixel is; empty where that is not known, or not used
   * @return a photograph of the same size
   */
  RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances);
}
