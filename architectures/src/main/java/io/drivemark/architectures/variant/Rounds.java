package io.drivemark.architectures.variant;

import io.drivemark.architectures.model.Model;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * In how many steps a model is pruned, and what happens between them. Immutable.
 *
 * @param count at least 1
 * @param plans a folder that keeps the plan of each round, so that the same call after a kill goes
 *     on with the plans it had; where nothing is kept, plans are made anew
 * @param between what is done to the model after each round but the last
 */
public record Rounds(int count, Optional<Path> plans, Between between) {
  /** Something done to a model between two rounds, training for example. */
  @FunctionalInterface
  public interface Between {
    /** Nothing. */
    Between NOTHING = (round, model) -> model;

    /**
     * Does it.
     *
     * @param round the round that is over, from 1
     * @return a model with the same structure
     */
    Model after(int round, Model model);
  }

  public Rounds {
    Objects.requireNonNull(plans, "plans");
    Objects.requireNonNull(between, "between");
    if (count < 1) {
      throw new BadInputException(count + " rounds of pruning, expected at least 1");
    }
  }

  /** All at once; no plan is kept. */
  public static Rounds oneShot() {
    return new Rounds(1, Optional.empty(), Between.NOTHING);
  }
}
