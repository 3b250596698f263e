package io.drivemark.eval.runner;

import io.drivemark.datasets.LabelMap;
import java.nio.FloatBuffer;

/** Turns a network's output 0 into class indices of the dataset on the truth's grid. */
interface Labeller {
  /**
   * Labels one frame; may be called from several threads.
   *
   * @param output as the session filled it
   * @param height of the truth
   * @param width of the truth
   * @throws io.drivemark.problem.BadInputException if the output holds NaN
   */
  LabelMap label(FloatBuffer output, int height, int width);
}
