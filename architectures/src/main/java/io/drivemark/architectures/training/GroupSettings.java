package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Weight;
import java.util.Objects;
import java.util.Optional;

/**
 * How the weights of one parameter group are trained. Immutable.
 *
 * @param rate factor on the learning rate; 0 freezes the group
 * @param decay factor on the weight decay
 * @param own an optimiser of the group's own; empty = the recipe's
 */
public record GroupSettings(double rate, double decay, Optional<Own> own) {
  /** Full rate and decay: kernels. */
  public static final GroupSettings DECAYED = new GroupSettings(1, 1);

  /** Full rate, no decay. */
  public static final GroupSettings PLAIN = new GroupSettings(1, 0);

  /** Not trained. */
  public static final GroupSettings FROZEN = new GroupSettings(0, 0);

  /** Of heads of gates with SGD, as published (Elkerdawy et al., 2022, arXiv:2110.08232). */
  public static final double PUBLISHED_RATE = 0.1;

  /**
   * Of heads of gates with Adam. Their biases begin at 1, so that a rate of 0.001 takes a thousand
   * steps to switch anything off, which fine-tuning does not have. Measured on two networks, 11 and
   * 14 sites, 160 generated frames, ratios 0.95 and 0.85, bits right on other frames: after 320 and
   * 640 steps 0.01 is within 0.8 points of the best of six rules tried, and unlike that of SGD it
   * does not depend on how many sites a loss is averaged over.
   */
  public static final double ADAM_RATE = 1e-2;

  /** The share of the epochs in which heads of gates learn, as published. */
  public static final double UNTIL = 0.5;

  private static final double MOMENTUM = 0.9;

  /** What the heads of gates are trained with unless a recipe says so. */
  public static final GroupSettings GATES =
      of(new Own(Optimiser.Kind.ADAM, ADAM_RATE, MOMENTUM, UNTIL));

  /** Of masks with Adam. */
  public static final double MASK_RATE = 1e-3;

  /** What the parameters of masks are trained with unless a recipe says so. */
  public static final GroupSettings MASKS =
      of(new Own(Optimiser.Kind.ADAM, MASK_RATE, MOMENTUM, 1, true));

  /**
   * An optimiser of a group's own: its rate is the same at every step, unless it falls, and its
   * weights do not decay. Gradients of such a group are clipped by their own norm.
   *
   * @param kind which rule
   * @param rate of every step
   * @param momentum of SGD
   * @param until the share of the epochs after which the group stands still, above 0 to 1; a loss
   *     that is the group's alone counts no longer than that
   * @param falls whether its rate rises and falls with the recipe's
   */
  public record Own(
      Optimiser.Kind kind, double rate, double momentum, double until, boolean falls) {
    public Own {
      Objects.requireNonNull(kind, "kind");
      TrainingRecipe.atLeast("rate of a group", rate, 0);
      TrainingRecipe.atLeast("momentum of a group", momentum, 0);
      if (!(until > 0 && until <= 1)) {
        throw new IllegalArgumentException(
            "training recipe: a group learns until "
                + until
                + " of the epochs, expected above 0 to 1");
      }
    }

    /** With the same rate at every step. */
    public Own(Optimiser.Kind kind, double rate, double momentum, double until) {
      this(kind, rate, momentum, until, false);
    }

    /**
     * The rate of a step.
     *
     * @param rise the recipe's rate at this step, as a share of its highest
     */
    double at(double rise) {
      return falls ? rate * rise : rate;
    }

    /** Digests of recipes are made of this: where the rate stays, as it always was. */
    @Override
    public String toString() {
      String text =
          "Own[kind=" + kind + ", rate=" + rate + ", momentum=" + momentum + ", until=" + until;
      return falls ? text + ", falls=true]" : text + "]";
    }

    /** Whether the group still learns in an epoch, from 0. */
    public boolean learnsIn(int epoch, int epochs) {
      return epoch < until * epochs;
    }
  }

  public GroupSettings {
    TrainingRecipe.atLeast("rate", rate, 0);
    TrainingRecipe.atLeast("decay", decay, 0);
    Objects.requireNonNull(own, "own");
  }

  /** A group that the recipe's optimiser trains. */
  public GroupSettings(double rate, double decay) {
    this(rate, decay, Optional.empty());
  }

  /** A group with an optimiser of its own. */
  public static GroupSettings of(Own own) {
    return new GroupSettings(1, 0, Optional.of(own));
  }

  /** The settings of a group that a recipe says nothing about. */
  static GroupSettings usual(String group) {
    return switch (group) {
      case Weight.KERNELS -> DECAYED;
      case Weight.GATES -> GATES;
      case Weight.MASKS -> MASKS;
      default -> PLAIN;
    };
  }

  /** Digests of recipes are made of this: without an optimiser of its own as it always was. */
  @Override
  public String toString() {
    String text = "GroupSettings[rate=" + rate + ", decay=" + decay;
    return own.map(o -> text + ", own=" + o + "]").orElse(text + "]");
  }

  /** The rate that is usual with a rule. */
  static double usualRate(Optimiser.Kind kind) {
    return switch (kind) {
      case SGD -> PUBLISHED_RATE;
      case ADAM, ADAMW -> ADAM_RATE;
    };
  }
}
