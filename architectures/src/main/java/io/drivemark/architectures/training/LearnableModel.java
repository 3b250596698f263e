package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;

/** What a model must be to be scored or trained with a dataset. Stateless. */
public final class LearnableModel {
  private LearnableModel() {}

  /**
   * Checks that a model knows a dataset's labels and gives logits; of one that answers with depth,
   * that the dataset has distances.
   *
   * @param model how the model was named
   * @param need what needs logits, as the end of a sentence
   * @throws BadInputException if not; the message says what differs
   */
  public static void require(String model, ModelSpec about, Dataset train, String need) {
    if (about.task().filter(Task.DEPTH::equals).isPresent()) {
      LearnableDepth.requireDepth(model, train);
      return;
    }
    if (!about.labels().sameClasses(train.labels())) {
      throw new BadInputException(
          model
              + " knows the labels "
              + about.labels().name()
              + ", "
              + train.name()
              + " has "
              + train.labels().name()
              + sameName(about.labels(), train.labels())
              + "; give a dataset with the model's own labels");
    }
    if (about.output() != LabelsHead.Form.LOGITS) {
      throw new BadInputException(
          "the output of " + model + " is " + about.output().key() + ", " + need);
    }
  }

  /** Of two label spaces that only their classes tell apart. */
  private static String sameName(LabelSpace model, LabelSpace dataset) {
    return model.name().equals(dataset.name())
        ? ", which are others: "
            + model.difference(dataset, "the model", "the dataset").orElseThrow()
        : "";
  }

  /**
   * Checks that labels, frames and the outputs that learn from labels fit together.
   *
   * @param labels the outputs that learn from labels
   */
  static void requireClasses(
      Network start, List<String> labels, Dataset train, Dataset val, TrainingRecipe recipe) {
    if (!train.labels().sameClasses(val.labels())) {
      throw new BadInputException(
          "training: the labels of "
              + train.name()
              + " "
              + train.split()
              + " are "
              + train.labels().name()
              + ", those of "
              + val.name()
              + " "
              + val.split()
              + " are "
              + val.labels().name()
              + "; map one onto the other");
    }
    requireFrames(train);
    requireFrames(val);
    Map<String, Shape> shapes = start.shapesAt(recipe.cropHeight(), recipe.cropWidth());
    boolean auxiliaries = recipe.auxiliaryWeight() > 0;
    for (String output : auxiliaries ? labels : labels.subList(0, 1)) {
      int classes = shapes.get(output).channels();
      if (classes < train.labels().size()) {
        throw new BadInputException(
            "training: output "
                + output
                + " of network "
                + start.name()
                + " has "
                + classes
                + " classes, the labels "
                + train.labels().name()
                + " of "
                + train.name()
                + " have "
                + train.labels().size()
                + "; build the network with at least that many");
      }
    }
  }

  /** Checks that there is something to learn from. */
  static void requireFrames(Dataset split) {
    if (split.ids().isEmpty()) {
      throw new BadInputException(
          "training: " + split.name() + " " + split.split() + " has no frames");
    }
  }
}
