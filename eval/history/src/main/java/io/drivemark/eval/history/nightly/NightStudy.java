package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.variant.FinishedVariants;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The study of a night, its models in the order of their priority. Stateless. */
final class NightStudy {
  private NightStudy() {}

  /**
   * A study that a night can run. Immutable.
   *
   * @param study of models that are there, in the order of their priority; it makes none
   * @param plan all that it names, opened
   */
  record Opened(Study study, Plan plan) {}

  /** A model by the name that people know it by. */
  private record Choice(String name, ModelSource source) {}

  /**
   * Reads it, and opens all that it names, once.
   *
   * @throws BadInputException with what is wrong in the study, if a variant of it is not made yet,
   *     if a model that is to be first is none of its, or with what cannot be used
   */
  static Opened open(NightPlan night, Sources sources) {
    Study read = Study.read(night.study());
    Study study = read.measuring(ordered(night, choices(night, read, sources)));
    return new Opened(study, Runner.planned(study, night.folder(), sources));
  }

  /** The models of a study, with the variants that were made of them as models that are there. */
  private static List<Choice> choices(NightPlan night, Study study, Sources sources) {
    List<Choice> out = new ArrayList<>();
    study.modelsAndParents().forEach(model -> out.add(new Choice(name(model), model)));
    FinishedVariants variants =
        FinishedVariants.of(study, night.variants(), sources.datasets(), sources.models());
    if (!variants.missing().isEmpty()) {
      throw new BadInputException(missing(night, variants));
    }
    for (FinishedVariants.Finished made : variants.there()) {
      Optional<String> mapping = made.parent().flatMap(parent -> mapping(study, parent));
      out.add(new Choice(made.name(), new ModelSource.Named(made.file().toString(), mapping)));
    }
    return out;
  }

  private static Optional<String> mapping(Study study, String parent) {
    return study.models().stream()
        .filter(ModelSource.Named.class::isInstance)
        .map(ModelSource.Named.class::cast)
        .filter(model -> model.reference().equals(parent))
        .findFirst()
        .flatMap(ModelSource.Named::mapping);
  }

  private static String missing(NightPlan night, FinishedVariants variants) {
    int missing = variants.missing().size();
    return night.study()
        + ": "
        + missing
        + " of its "
        + Counted.of(missing + variants.there().size(), "variant")
        + " (prune) "
        + (missing == 1 ? "is" : "are")
        + " not made in "
        + FinishedVariants.folder(night.variants())
        + ": "
        + String.join(", ", variants.missing())
        + "; a night trains nothing. Make them once with 'drivemark run "
        + night.study()
        + " --out "
        + night.variants()
        + " --until variants', or name in "
        + night.source()
        + " the --out of the run that made them, variants: DIR. A line of which no variant can be"
        + " made is to be taken out of the study";
  }

  private static List<ModelSource> ordered(NightPlan plan, List<Choice> models) {
    List<Choice> out = new ArrayList<>();
    List<String> names = models.stream().map(Choice::name).toList();
    for (String first : plan.budget().first()) {
      int index = names.indexOf(first);
      if (index < 0) {
        throw new BadInputException(
            plan.source()
                + ": budget.first: "
                + first
                + " is no model of "
                + plan.study()
                + Nearest.hint(first, names)
                + "; there are "
                + String.join(", ", names));
      }
      out.add(models.get(index));
    }
    models.stream().filter(model -> !out.contains(model)).forEach(out::add);
    return out.stream().map(Choice::source).toList();
  }

  /** As the study has it: the last part of a path. */
  private static String name(ModelSource source) {
    if (source instanceof ModelSource.Untrained untrained) {
      return untrained.name();
    }
    if (source instanceof ModelSource.Cued cued) {
      return cued.name(lastPart(cued.of()));
    }
    return lastPart(((ModelSource.Named) source).reference());
  }

  private static String lastPart(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /** What must be the same for a night to go on where it was killed; Drivemark itself is too. */
  static String digest(NightPlan plan, Study study) {
    return digest(
        plan,
        study,
        Machine.environment(Map.of()).conditions().map(Conditions::drivemark).orElse(""));
  }

  /**
   * The same of another Drivemark.
   *
   * @param program its digest
   */
  static String digest(NightPlan plan, Study study, String program) {
    NightPlan same = plan.withStore(""); // where it is remembered changes nothing of what is done
    return Digests.of(
            study.toYaml()
                + "\n"
                + same.budget()
                + same.accuracy()
                + same.latency()
                + same.rules()
                + same.pause()
                + program)
        .substring(0, 16);
  }

  /**
   * The bounds of the study that its entries do not meet. One that was not measured is not worse:
   * it was not checked.
   *
   * @param measured those of values that are there, or those of values that are not
   */
  static List<String> findings(Study study, StudyResult result, boolean measured) {
    List<String> out = new ArrayList<>();
    for (Entry entry : result.entries()) {
      study.requirements().stream()
          .filter(r -> r.metric().concerns(entry))
          .filter(r -> r.metric().of(entry).isPresent() == measured)
          .forEach(r -> r.finding(entry).ifPresent(out::add));
    }
    return out;
  }

  /** The number of timed runs of a cell in one process; empty if speed is not measured. */
  static Optional<Integer> runs(Study study) {
    return study.latency().map(latency -> latency.runs());
  }
}
