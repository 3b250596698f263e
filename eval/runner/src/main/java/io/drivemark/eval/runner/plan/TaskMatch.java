package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which models meet which datasets: those that have truth for what the model is asked for. Where
 * nothing is judged, all meet. For one study.
 */
final class TaskMatch {
  private final boolean judged;
  private final Map<String, Model> models = new LinkedHashMap<>();
  private final Map<String, Set<Dataset>> datasets = new HashMap<>();
  private final Map<Dataset, Set<String>> names = new LinkedHashMap<>();

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

  /** Notes a dataset that is used for a model, for the messages. */
  void add(Model model, Dataset dataset) {
    String name = model.spec().name();
    models.putIfAbsent(name, model);
    datasets.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(dataset);
    names.computeIfAbsent(dataset, d -> new LinkedHashSet<>()).add(name);
  }

  /** Models that meet no dataset, and datasets that meet no model; a sentence each. */
  List<String> problems() {
    List<String> out = new ArrayList<>();
    models.forEach(
        (name, model) -> {
          if (datasets.get(name).stream().noneMatch(d -> meet(model, d))) {
            out.add(
                "model "
                    + name
                    + " answers "
                    + task(model).word()
                    + ", and no dataset of the study has truth for that: "
                    + datasets.get(name).stream()
                        .map(TaskMatch::described)
                        .collect(Collectors.joining(", "))
                    + "; add one to datasets ('drivemark list datasets' shows their tasks), or"
                    + " leave the model out");
          }
        });
    names.forEach(
        (dataset, all) -> {
          if (all.stream().noneMatch(name -> meet(models.get(name), dataset))) {
            out.add(
                "dataset "
                    + described(dataset)
                    + ", and no model of the study answers that: "
                    + all.stream()
                        .map(name -> name + " answers " + task(models.get(name)).word())
                        .collect(Collectors.joining(", "))
                    + "; add one to models, or leave the dataset out");
          }
        });
    return out;
  }

  /** Where a model is not run because of its task; empty if it meets every dataset of its own. */
  Optional<String> note(Model model) {
    List<Dataset> others =
        datasets.get(model.spec().name()).stream().filter(d -> !meet(model, d)).toList();
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
