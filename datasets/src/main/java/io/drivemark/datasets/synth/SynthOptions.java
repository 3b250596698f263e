package io.drivemark.datasets.synth;

import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which frames a {@link SynthDrive} has. Frame {@code i} depends on all of these but the count:
 * more frames only add to the end. Immutable.
 *
 * @param count number of frames, at least 1
 * @param seed any number; different seeds give different drives
 * @param height rows of a frame, 16 to 4096
 * @param width columns of a frame, 16 to 8192
 * @param split {@code train}, {@code val} or {@code test}; no drive is in two splits of one seed
 * @param framesPerSequence how many consecutive frames are of the same drive, 1 to 1000
 * @param framesPerSecond how many frames of a drive make a second, above 0 and at most 100
 * @param weather the weather of all drives; empty = each drive has its own
 * @param daylight the light of all drives; empty = each drive has its own
 */
public record SynthOptions(
    int count,
    long seed,
    int height,
    int width,
    String split,
    int framesPerSequence,
    double framesPerSecond,
    Optional<Weather> weather,
    Optional<Daylight> daylight) {
  /** The splits, in order. */
  public static final List<String> SPLITS = List.of("train", "val", "test");

  /** Frames of one drive where nothing is said. */
  public static final int DEFAULT_FRAMES_PER_SEQUENCE = 4;

  /** Frames a second where nothing is said: far enough apart that each one teaches something. */
  public static final double DEFAULT_FRAMES_PER_SECOND = 2;

  public SynthOptions {
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(weather, "weather");
    Objects.requireNonNull(daylight, "daylight");
    check("count", count, count >= 1, "at least 1");
    check("height", height, height >= 16 && height <= 4096, "16 to 4096");
    check("width", width, width >= 16 && width <= 8192, "16 to 8192");
    check(
        "framesPerSequence",
        framesPerSequence,
        framesPerSequence >= 1 && framesPerSequence <= 1000,
        "1 to 1000");
    check(
        "framesPerSecond",
        framesPerSecond,
        framesPerSecond > 0 && framesPerSecond <= 100,
        "above 0, at most 100");
    if (!SPLITS.contains(split)) {
      throw new BadInputException(
          "synthdrive: no split '"
              + split
              + "', there are "
              + String.join(", ", SPLITS)
              + Nearest.hint(split, SPLITS));
    }
  }

  /** Frames of mixed weather and light, {@value #DEFAULT_FRAMES_PER_SEQUENCE} of each drive. */
  public static SynthOptions of(int count, long seed, int height, int width, String split) {
    return new SynthOptions(
        count,
        seed,
        height,
        width,
        split,
        DEFAULT_FRAMES_PER_SEQUENCE,
        DEFAULT_FRAMES_PER_SECOND,
        Optional.empty(),
        Optional.empty());
  }

  /** The same drives as longer or shorter, denser or sparser sequences. */
  public SynthOptions withSequences(int frames, double perSecond) {
    return new SynthOptions(
        count, seed, height, width, split, frames, perSecond, weather, daylight);
  }

  /** The same streets under this weather and light. */
  public SynthOptions under(Weather newWeather, Daylight newDaylight) {
    return with(Optional.of(newWeather), Optional.of(newDaylight));
  }

  /** The same streets; weather and light that are not given are each drive's own. */
  SynthOptions with(Optional<Weather> newWeather, Optional<Daylight> newDaylight) {
    return new SynthOptions(
        count,
        seed,
        height,
        width,
        split,
        framesPerSequence,
        framesPerSecond,
        newWeather,
        newDaylight);
  }

  /** All of it as text, for digests; digests are stored, so it never changes. */
  String canonical() {
    return Digests.text(
        "SynthOptions",
        "count",
        count,
        "seed",
        seed,
        "height",
        height,
        "width",
        width,
        "split",
        split,
        "framesPerSequence",
        framesPerSequence,
        "framesPerSecond",
        framesPerSecond,
        "weather",
        weather.map(Weather::name),
        "daylight",
        daylight.map(Daylight::name));
  }

  private static void check(String name, Number found, boolean fine, String expected) {
    if (!fine) {
      throw new BadInputException(
          "synthdrive: " + name + " is " + found + ", expected " + expected);
    }
  }
}
