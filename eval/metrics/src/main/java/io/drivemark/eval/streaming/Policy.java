package io.drivemark.eval.streaming;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When a worker that is free begins with which picture. See Li et al., arXiv:2005.10420. */
public enum Policy {
  /** With the newest picture at once; where that was taken already, with the next one. */
  LATEST("latest"),
  /** Only when a picture arrives: an older one is left. */
  WAIT_NEXT("wait-next"),
  /**
   * As {@link #LATEST}, but where the mean run is longer than the camera's period, it waits for the
   * next picture if a run begun now would end earlier in a period than it began: {@code frac(t/T) >
   * frac((t+r)/T)}.
   */
  SHRINKING_TAIL("shrinking-tail"),
  /** With every picture in turn; none is left out, so runs must be shorter than the period. */
  QUEUE("queue");

  private final String word;

  Policy(String word) {
    this.word = word;
  }

  /** As study files write it. */
  public String word() {
    return word;
  }

  /** All words, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Policy::word).toList();
  }

  /** The policy of a word. */
  public static Optional<Policy> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
  }
}
