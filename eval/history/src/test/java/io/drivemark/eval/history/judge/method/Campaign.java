package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Nights of a world in a row through the judge, as a job would: confirmed and remembered. */
final class Campaign {
  final World world;
  final List<Night> nights = new ArrayList<>();
  final Map<String, Event> events = new LinkedHashMap<>();
  final List<Verdict> verdicts = new ArrayList<>();
  private final JudgeRules rules;
  Optional<String> pinned = Optional.empty();

  Campaign(World world, JudgeRules rules) {
    this.world = world;
    this.rules = rules;
  }

  /** One night; empty if it is missing. */
  Optional<Verdict> next() {
    return world.next().map(night -> judge(night, plan -> again(plan)));
  }

  private Night again(ConfirmPlan plan) {
    Set<Series> which = new HashSet<>(plan.candidates());
    which.addAll(plan.mates());
    return world.again(which, plan.forks());
  }

  Verdict judge(Night night, Function<ConfirmPlan, Night> confirm) {
    JudgeInput input =
        new JudgeInput(
            nights, night, Optional.empty(), List.copyOf(events.values()), Map.of(), pinned, rules);
    Verdict verdict = Judge.judge(input);
    if (verdict.confirm().isPresent()) {
      verdict = Judge.judge(input.withConfirmation(confirm.apply(verdict.confirm().get())));
    }
    nights.add(night);
    verdict.events().forEach(event -> events.put(event.uid(), event));
    verdicts.add(verdict);
    return verdict;
  }

  void next(int count) {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  /** Nights that are measured and not judged. */
  void remember(int count) {
    for (int i = 0; i < count; i++) {
      world.next().ifPresent(nights::add);
    }
  }

  /** The verdict of the next night that is not missing. */
  Verdict nextMeasured() {
    Optional<Verdict> verdict = next();
    while (verdict.isEmpty()) {
      verdict = next();
    }
    return verdict.get();
  }
}
