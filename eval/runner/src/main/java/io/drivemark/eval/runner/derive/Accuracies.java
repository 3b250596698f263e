package io.drivemark.eval.runner.derive;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.ImageScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** From counts to the numbers of a record: the one place where the runner does so. Stateless. */
public final class Accuracies {
  private Accuracies() {}

  /** The accuracy over all images. */
  public static Accuracy of(
      Protocol protocol, LabelSpace space, Map<String, ConfusionMatrix> byImage) {
    Scores scores = protocol.evaluate(List.copyOf(byImage.values()));
    long[][] counts = scores.matrix().counts();
    List<Accuracy.ClassScore> classes = new ArrayList<>();
    for (int c = 0; c < space.size(); c++) {
      LabelClass labelClass = space.classes().get(c);
      String name = labelClass.name();
      classes.add(
          new Accuracy.ClassScore(
              name,
              labelClass.color(),
              scores.iou().get(name).value(),
              scores.precision().get(name).value(),
              scores.recall().get(name).value(),
              scores.f1().get(name).value(),
              Arrays.stream(counts[c]).sum()));
    }
    return new Accuracy(
        scores.miou().value(),
        scores.pixelAccuracy().value(),
        scores.meanAccuracy().value(),
        scores.frequencyWeightedIou().value(),
        classes,
        Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  /**
   * The mIoU of each image alone.
   *
   * @param attributes what else is known of an image, by its id
   */
  public static List<ImageScore> perImage(
      Protocol protocol,
      Map<String, ConfusionMatrix> byImage,
      Map<String, Map<String, String>> attributes) {
    List<ImageScore> out = new ArrayList<>();
    byImage.forEach(
        (id, matrix) ->
            out.add(
                new ImageScore(
                    id,
                    protocol.evaluate(List.of(matrix)).miou().value(),
                    attributes.getOrDefault(id, Map.of()))));
    return out;
  }

  /** The label space that a recorded accuracy was counted over; categories are not recorded. */
  public static LabelSpace space(Accuracy accuracy) {
    return new LabelSpace(
        "recorded",
        accuracy.classes().stream()
            .map(c -> new LabelClass(c.name(), c.color(), c.name(), false, false))
            .toList());
  }
}
