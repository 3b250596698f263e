package io.drivemark.architectures.engine.pytorch;

/**
 * Learning from another network's logits besides the labels (Hinton, Vinyals, Dean, arXiv
 * 1503.02531): the loss is (1 − weight) times that of the labels plus weight · T² times the mean
 * over the pixels that are not void of KL(softmax(z'/T) ‖ softmax(z/T)), z' the other network's
 * logits and z those of output 0, both bilinearly upsampled to the labels' size. T² keeps the
 * gradients' size as T grows. Class weights and the hard share are of the labels' part alone.
 *
 * @param weight 0 to 1
 * @param temperature T, above 0
 * @param height of the other network's logits
 * @param width of them
 */
public record SoftTargets(double weight, double temperature, int height, int width) {
  public SoftTargets {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("soft targets: weight 0 to 1, found " + weight);
    }
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("soft targets: temperature above 0, found " + temperature);
    }
  }
}
