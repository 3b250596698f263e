package io.drivemark.eval.runner.record.cue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What cues around a network made of its runs. Immutable.
 *
 * @param cues from the network outwards
 * @param rate pictures a second that they were given; absent where frames stood apart
 * @param pictures how many they saw, those without labels that lead to a frame included
 * @param runs how often networks ran for all of them
 * @param judged how many of them were judged
 * @param ages of the labels of the judged ones, in pictures, summed
 * @param oldest the largest of these ages
 * @param timing what pictures took, where that was timed; not kept in a cell
 * @param mix what key frames at other offsets come to, where that is known; not kept in a cell
 */
public record CueFacts(
    List<Setting> cues,
    OptionalDouble rate,
    long pictures,
    long runs,
    long judged,
    long ages,
    int oldest,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Timing> timing,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Mix> mix) {
  public CueFacts {
    cues = List.copyOf(cues);
    Objects.requireNonNull(rate, "rate");
    Objects.requireNonNull(timing, "timing");
    Objects.requireNonNull(mix, "mix");
    if (cues.isEmpty() || judged < 1 || pictures < judged || runs < 0 || ages < 0 || oldest < 0) {
      throw new IllegalArgumentException(
          cues.size()
              + " cues, "
              + runs
              + " runs for "
              + pictures
              + " pictures, of which "
              + judged
              + " were judged");
    }
  }

  /**
   * A cue.
   *
   * @param type its name, {@code keyframes} for example
   * @param keys its settings, every default spelled out, as texts; sorted by key
   */
  public record Setting(String type, Map<String, String> keys) {
    public Setting {
      Objects.requireNonNull(type, "type");
      keys = Collections.unmodifiableMap(new TreeMap<>(keys));
    }

    /** In a few words: {@code keyframes (between repeat, every 2, offset 0)}. */
    public String words() {
      StringBuilder out = new StringBuilder(type);
      String open = " (";
      for (Map.Entry<String, String> key : keys.entrySet()) {
        out.append(open).append(key.getKey()).append(' ').append(key.getValue());
        open = ", ";
      }
      return keys.isEmpty() ? type : out.append(')').toString();
    }
  }

  /**
   * What pictures took, end to end. A mean is one over pictures of the means of their runs.
   *
   * @param pictures how many were gone through in turn
   * @param modes by how often networks ran for a picture, ascending
   * @param deadline how the timed runs keep the time to the next picture; absent where the rate is
   *     not known
   */
  public record Timing(
      int pictures,
      List<Mode> modes,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Deadline> deadline) {
    public Timing {
      modes = List.copyOf(modes);
      Objects.requireNonNull(deadline, "deadline");
    }

    /** How many pictures a network ran for. */
    public int withRun() {
      return modes.stream().filter(mode -> mode.runs() > 0).mapToInt(Mode::pictures).sum();
    }

    /** Mean time of these, milliseconds; empty where there are none. */
    public OptionalDouble withRunMs() {
      double sum =
          modes.stream()
              .filter(mode -> mode.runs() > 0)
              .mapToDouble(mode -> mode.ms() * mode.pictures())
              .sum();
      int pictures = withRun();
      return pictures == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pictures);
    }

    /** Mean time of the others; empty where there are none. */
    public OptionalDouble betweenMs() {
      return modes.stream().filter(mode -> mode.runs() == 0).mapToDouble(Mode::ms).findFirst();
    }
  }

  /**
   * Pictures for which networks ran equally often.
   *
   * @param runs how often
   * @param pictures how many
   * @param ms mean time of these, milliseconds
   */
  public record Mode(int runs, int pictures, double ms) {}

  /**
   * How timed runs keep a deadline.
   *
   * @param ms the time from one picture to the next
   * @param runs how many were timed
   * @param misses how many took longer
   * @param longest the most misses in a row, of runs that follow each other
   */
  public record Deadline(double ms, long runs, long misses, int longest) {
    /** The share of misses. */
    public double share() {
      return (double) misses / runs;
    }

    /** Whether two misses followed each other. */
    public boolean hasRow() {
      return longest > 1;
    }
  }

  /**
   * What the same key frames come to by the counts by delay of the network inside, by which of the
   * first frames is the first key frame after that of number 0. Without inference.
   *
   * @param byOffset mean IoU at offset 0, 1, … below {@code every}
   * @param mean of these
   * @param worst the lowest
   */
  public record Mix(List<Double> byOffset, double mean, double worst) {
    public Mix {
      byOffset = List.copyOf(byOffset);
    }
  }

  /** How often networks ran for a picture in the mean. */
  public double runsPerPicture() {
    return (double) runs / pictures;
  }

  /** How many pictures old the labels of a judged frame were in the mean. */
  public double meanAge() {
    return (double) ages / judged;
  }

  /** The same with what pictures took and other offsets come to, or without. */
  public CueFacts with(Optional<Timing> otherTiming, Optional<Mix> otherMix) {
    return new CueFacts(cues, rate, pictures, runs, judged, ages, oldest, otherTiming, otherMix);
  }

  /** The same without what pictures took, for other timed runs. */
  public CueFacts withoutTiming() {
    return with(Optional.empty(), mix);
  }

  /** What its cell keeps. */
  public CueFacts asCounted() {
    return with(Optional.empty(), Optional.empty());
  }
}
