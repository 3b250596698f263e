package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.Mappings;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;

/** Finds how a model's classes become a dataset's. Stateless. */
final class ClassMatch {
  private ClassMatch() {}

  /**
   * The mapping from a model's label space to a dataset's.
   *
   * @param wanted {@code auto}, a shipped mapping's name, or the path of a mapping file
   * @throws BadInputException if there is none that fits; the message names both spaces
   */
  public static LabelMapping find(Model model, Dataset dataset, String wanted) {
    String subject = "model " + model.spec().name() + " on dataset " + dataset.name() + ": ";
    LabelSpace to = dataset.labels();
    LabelSpace from = model.spec().labels();
    if (wanted.equals(Study.AUTO)) {
      try {
        return Mappings.between(from, to);
      } catch (BadInputException e) {
        throw new BadInputException(
            subject + "its classes do not fit the dataset's: " + e.getMessage(), e);
      }
    }
    LabelMapping mapping = Mappings.load(wanted);
    if (mapping.from().sameClasses(from) && mapping.to().sameClasses(to)) {
      return mapping;
    }
    if (from.sameClasses(to)) {
      return LabelMapping.identity(to);
    }
    throw new BadInputException(
        subject
            + "mapping "
            + mapping.name()
            + " goes from "
            + described(mapping.from())
            + " to "
            + described(mapping.to())
            + ", needed is one from "
            + described(from)
            + " to "
            + described(to)
            + clash(mapping.from(), from, "the mapping")
            + clash(mapping.to(), to, "the mapping"));
  }

  /** Of two spaces of one name that have other classes: where they differ. */
  private static String clash(LabelSpace mapped, LabelSpace needed, String where) {
    return mapped.name().equals(needed.name())
        ? mapped
            .difference(needed, where, "what is needed")
            .map(difference -> "; of the two called " + needed.name() + ", " + difference)
            .orElse("")
        : "";
  }

  private static String described(LabelSpace space) {
    return space.name() + " (" + space.size() + " classes)";
  }
}
