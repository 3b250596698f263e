package io.drivemark.eval.gauge;

import java.util.Map;

/** A gauge at work on the frames of one dataset. Safe to share between threads. */
public interface Counter {

  /** Takes what is counted. Safe to share between threads. */
  interface Sink {
    /**
     * Adds to the counts of a frame, usually of the one that is being counted. What compares
     * neighbours may add to another one, once.
     *
     * @param frame its position in the split
     */
    void add(int frame, Counts counts);

    /**
     * Notes why a frame cannot be judged by this gauge.
     *
     * @param frame its position in the split
     */
    void problem(int frame, String message);
  }

  /**
   * Counts a frame. A frame that it adds nothing for leaves the gauge without a reading, as its
   * figures would be of fewer frames than the others.
   */
  void count(JudgedFrame frame, Sink sink);

  /**
   * What reading the counts needs to know besides the classes, by name; kept with the record. In
   * the order in which it is to be kept.
   */
  default Map<String, String> settings() {
    return Map.of();
  }
}
