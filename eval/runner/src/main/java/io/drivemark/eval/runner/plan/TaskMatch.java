package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which models meet which datasets: those that have truth for what the model is asked for. Where
 * nothing is judged, all meet. For one study.
 */
final class TaskMatch {
  private final boolean judged;
  private final List<Dataset> datasets = new ArrayList<>();
  private final List<Model> models = new ArrayList<>();

  TaskMatch(boolean judged) {
    this.judged = judged;
  }

  /** The task that a model without a head of any counts as: labels are asked for and missed. */
  static Task task(Model model) {
    return model.spec().task().orElse(Task.SEGMENTATION);
  }

  /** Whether a model can be judged on a dataset. */
  boolean meet(Model model, Dataset dataset) {
    return !judged || dataset.tasks().contains(task(model));
  }

  /** Notes a pair for the messages. */
  void add(Model model, Dataset dataset) {
    if (datasets.stream().noneMatch(d -> d == dataset)) {
      datasets.add(dataset);
    }
    if (models.stream().noneMatch(m -> m.spec().name().equals(model.spec().name()))) {
      models.add(model);
    }
  }

  /** Models that meet no dataset, and datasets that meet no model; a sentence each. */
  List<String> problems() {
    List<String> out = new ArrayList<>();
    for (Model model : models) {
      if (datasets.stream().noneMatch(d -> meet(model, d))) {
        out.add(
            "model "
                + model.spec().name()
                + " answers "
                + task(model).word()
                + ", and no dataset of the study has truth for that: "
                + datasets.stream().map(TaskMatch::described).collect(Collectors.joining(", "))
                + "; add one to datasets ('drivemark list datasets' shows their tasks), or leave the"
                + " model out");
      }
    }
    for (Dataset dataset : datasets) {
      if (models.stream().noneMatch(m -> meet(m, dataset))) {
        out.add(
            "dataset "
                + described(dataset)
                + ", and no model of the study answers that: "
                + models.stream()
                    .map(m -> m.spec().name() + " answers " + task(m).word())
                    .collect(Collectors.joining(", "))
                + "; add one to models, or leave the dataset out");
      }
    }
    return out;
  }

  /** Where a model is not run because of its task; empty if it meets every dataset. */
  Optional<String> note(Model model) {
    List<Dataset> others = datasets.stream().filter(d -> !meet(model, d)).toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "answers "
                + task(model).word()
                + " and is not run on "
                + others.stream().map(TaskMatch::named).collect(Collectors.joining(", "))
                + ", where there is no truth for that");
  }

  private static String named(Dataset dataset) {
    return dataset.name() + "/" + dataset.split();
  }

  private static String described(Dataset dataset) {
    String tasks =
        dataset.tasks().stream().sorted().map(Task::word).collect(Collectors.joining(" and "));
    return named(dataset) + " has truth for " + (tasks.isEmpty() ? "nothing" : tasks);
  }
}
