package io.drivemark.architectures.variant;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.training.Learning;
import io.drivemark.architectures.training.Trainer;
import io.drivemark.architectures.training.TrainingResult;
import io.drivemark.architectures.training.WeightPenalty;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The control of joint masks, as in the supplement of arXiv:1905.05212: from the same start, in the
 * same epochs, all convolutions' weights are pulled to zero with the published factor; the filters
 * whose weights are smallest then go, all layers compared. Stateless.
 */
final class WeightControl {
  private static final String CRITERION = "l1";

  private WeightControl() {}

  static Model of(
      JointTask task, VariantMaker.Setting setting, Path checkpoint, Progress progress) {
    Model parent = setting.parent();
    WeightPenalty penalty = new WeightPenalty(WeightPenalty.PUBLISHED);
    Learning learning =
        FineTuning.learning(parent).from(Optional.of(parent.network())).with(penalty);
    TrainingResult result =
        Trainer.train(
            parent.network(),
            learning,
            parent.spec().input(),
            setting.train(),
            setting.val(),
            task.learning(),
            checkpoint,
            progress);
    Model shrunk = new Model(parent.spec(), result.best());
    PruneRequest request =
        new PruneRequest(
            Technique.FILTER,
            task.request()
                .amount()
                .<PruneRequest.Amount>by(
                    factor -> {
                      throw new IllegalStateException("requests refuse a factor of l1-weights");
                    },
                    keep -> keep,
                    keep -> keep),
            List.of(CRITERION),
            FilterGoal.Scope.GLOBAL,
            1,
            1,
            Set.of(),
            task.request().seed());
    PruningPlan plan = Pruner.plan(shrunk, request, setting.frames(), setting.tables(), progress);
    Model cut = Pruner.apply(shrunk, plan, setting.frames(), setting.threads(), progress);
    Map<String, String> facts = new TreeMap<>(plan.evidence());
    facts.put("plan", PlanFile.text(plan));
    facts.put(JointMaker.LAMBDA, Double.toString(penalty.factor()));
    facts.putAll(
        FineTuning.facts(learning, result, setting.train(), setting.val(), task.learning()));
    return JointMaker.described(task, setting, cut.network(), facts);
  }
}
