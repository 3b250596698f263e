package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The study of a night, its models in the order of their priority. Stateless. */
final class NightStudy {
  private NightStudy() {}

  /**
   * Reads it.
   *
   * @throws BadInputException with what is wrong in the study, if it makes variants, or if a model
   *     that is to be first is none of its
   */
  static Study read(NightPlan plan) {
    Study study = Study.read(plan.study());
    if (study.prune().isPresent()) {
      throw new BadInputException(
          plan.study()
              + ": makes variants (prune), which every night would train anew; make them once with"
              + " 'drivemark run' and name their files below models");
    }
    return study.withModels(ordered(plan, study.models()));
  }

  /**
   * That its models, datasets and engines are there and meet.
   *
   * @throws BadInputException with what is not
   */
  static void requireRunnable(Study study, Sources sources) {
    Plan.of(study, List.of(), sources);
  }

  private static List<ModelSource> ordered(NightPlan plan, List<ModelSource> models) {
    List<ModelSource> out = new ArrayList<>();
    List<String> names = models.stream().map(NightStudy::name).toList();
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
    return out;
  }

  /** As the study has it: the last part of a path. */
  private static String name(ModelSource source) {
    if (source instanceof ModelSource.Untrained untrained) {
      return untrained.name();
    }
    String reference = ((ModelSource.Named) source).reference();
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /** What must be the same for a night to go on where it was killed. */
  static String digest(NightPlan plan, Study study) {
    NightPlan same = plan.withStore(""); // where it is remembered changes nothing of what is done
    return Digests.of(
            study.toYaml() + "\n" + same.budget() + same.latency() + same.rules() + same.pause())
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

  /** How many cells the study has where each model meets each dataset. */
  static int cells(Study study) {
    return study.datasets().size() * study.modelsAndParents().size() * study.engines().size();
  }

  /** The number of timed runs of a cell in one process; empty if speed is not measured. */
  static Optional<Integer> runs(Study study) {
    return study.latency().map(latency -> latency.runs());
  }
}
