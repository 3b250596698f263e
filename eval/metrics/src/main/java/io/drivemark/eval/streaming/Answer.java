package io.drivemark.eval.streaming;

/**
 * What a run of the network gave for a picture, with its times.
 *
 * @param picture number of the picture in the sequence whose content the network saw
 * @param exposed when that picture was exposed
 * @param start when the run began
 * @param finish when the answer was there
 */
public record Answer(int picture, long exposed, long start, long finish) {
  public Answer {
    if (picture < 0 || start < exposed || finish < start) {
      throw new IllegalArgumentException(
          "answer to picture "
              + picture
              + ": exposed at "
              + exposed
              + ", begun at "
              + start
              + ", finished at "
              + finish
              + " ns");
    }
  }
}
