package io.drivemark.eval.runner.study;

import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.JointRequest;
import io.drivemark.architectures.variant.PruneApproach;
import io.drivemark.architectures.variant.PruneRequest;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One model that a study makes before it measures. Names are resolved when parents are known: a
 * given name goes first.
 */
public sealed interface VariantSpec {
  /** How the study calls it, where its file says so. */
  Optional<String> name();

  /** Decides what is drawn at random: scores, weights, the order of frames. */
  long seed();

  /** The model it is made from, a shipped model's name or a path; empty if from none. */
  Optional<String> parent();

  /**
   * A parent with filters or layers removed.
   *
   * @param from the parent
   * @param request what goes, and by what criterion
   * @param approach in which steps
   * @param fromScratch whether the weights are forgotten, so that the smaller structure alone is
   *     judged
   */
  record Pruned(
      Optional<String> name,
      String from,
      PruneRequest request,
      PruneApproach approach,
      boolean fromScratch)
      implements VariantSpec {
    public Pruned {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(request, "request");
      Objects.requireNonNull(approach, "approach");
    }

    @Override
    public long seed() {
      return request.seed();
    }

    @Override
    public Optional<String> parent() {
      return Optional.of(from);
    }
  }

  /**
   * A parent made dynamic: each frame uses its own part of it.
   *
   * @param from the parent
   * @param request how much a frame uses, and what decides
   */
  record Gated(Optional<String> name, String from, GateRequest request) implements VariantSpec {
    public Gated {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(request, "request");
    }

    @Override
    public long seed() {
      return request.seed();
    }

    @Override
    public Optional<String> parent() {
      return Optional.of(from);
    }
  }

  /**
   * A parent whose masks are learned together with its weights.
   *
   * @param from the parent
   * @param request how masks learn
   * @param tuned whether what masks leave is trained further; else it is as they are frozen
   */
  record Joint(Optional<String> name, String from, JointRequest request, boolean tuned)
      implements VariantSpec {
    public Joint {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(request, "request");
    }

    @Override
    public long seed() {
      return request.seed();
    }

    @Override
    public Optional<String> parent() {
      return Optional.of(from);
    }
  }

  /**
   * A parent as it is, fine-tuned by the recipe of the pruned ones: what they are fairly compared
   * with.
   *
   * @param from the parent
   */
  record Tuned(Optional<String> name, String from, long seed) implements VariantSpec {
    public Tuned {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(from, "from");
    }

    @Override
    public Optional<String> parent() {
      return Optional.of(from);
    }
  }

  /**
   * An architecture trained from random weights: a network that was designed small.
   *
   * @param architecture the zoo's name
   * @param options of the architecture, sorted by key
   */
  record Trained(Optional<String> name, String architecture, Map<String, String> options, long seed)
      implements VariantSpec {
    public Trained {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(architecture, "architecture");
      options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    @Override
    public Optional<String> parent() {
      return Optional.empty();
    }
  }
}
