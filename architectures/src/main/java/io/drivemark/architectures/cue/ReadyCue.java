package io.drivemark.architectures.cue;

import java.util.Objects;

/**
 * A cue that has learnt what it needs. Immutable, safe to share.
 *
 * @param identity everything that its labels depend on besides the network inside: settings,
 *     digests of what was learnt and of further networks
 * @param around puts it around a path
 */
public record ReadyCue(String identity, Around around) {
  /** Puts a cue around a path. */
  public interface Around {
    /**
     * A new path that owns the inner one. If it fails, the inner one stays open, and whatever else
     * was opened is closed.
     *
     * @param others opens further networks
     * @throws io.drivemark.problem.BadInputException if the inner path does not give what the cue
     *     needs
     */
    FramePath of(FramePath inner, PathOpener others);
  }

  public ReadyCue {
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(around, "around");
  }
}
