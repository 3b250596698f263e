package io.drivemark.architectures.training;

import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.Dataset;
import io.drivemark.problem.BadInputException;
import java.util.Locale;

/** What a model must be to be scored or trained with a dataset. Stateless. */
public final class LearnableModel {
  private LearnableModel() {}

  /**
   * Checks that a model knows a dataset's labels and gives logits.
   *
   * @param model how the model was named
   * @param need what needs logits, as the end of a sentence
   * @throws BadInputException if not; the message says what differs
   */
  public static void require(String model, ModelSpec about, Dataset train, String need) {
    if (!about.labels().equals(train.labels().name())) {
      throw new BadInputException(
          model
              + " knows the labels "
              + about.labels()
              + ", "
              + train.name()
              + " has "
              + train.labels().name()
              + "; give a dataset with the model's own labels");
    }
    if (about.output() != ModelSpec.Output.LOGITS) {
      throw new BadInputException(
          "the output of "
              + model
              + " is "
              + about.output().name().toLowerCase(Locale.ROOT)
              + ", "
              + need);
    }
  }
}
