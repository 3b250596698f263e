package io.drivemark.architectures.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * In which form a session runs the gates of its network. Immutable.
 *
 * @param form never {@link GateForm#AUTO}
 * @param why what stood against a faster or the demanded form, a sentence; empty if nothing did
 */
public record GateRun(GateForm form, String why) {
  public GateRun {
    Objects.requireNonNull(why, "why");
    if (form == GateForm.AUTO) {
      throw new IllegalArgumentException("a session runs one form, not the fastest of several");
    }
  }

  /**
   * Of an engine that has the masked form alone.
   *
   * @param engine its name
   * @param gated whether the network has gates
   * @param demanded by the options
   * @return empty if the network has no gates
   */
  public static Optional<GateRun> masked(String engine, boolean gated, GateForm demanded) {
    if (!gated) {
      return Optional.empty();
    }
    boolean asked = demanded == GateForm.AUTO || demanded == GateForm.MASKED;
    return Optional.of(
        new GateRun(
            GateForm.MASKED,
            asked
                ? ""
                : "engine "
                    + engine
                    + " runs gated networks in masked form alone; form "
                    + demanded.word()
                    + " needs engine onnxruntime"));
  }

  /** A sentence for people: {@code gates run in masked form: …}. */
  public String sentence() {
    return "gates run in " + form.word() + " form" + (why.isEmpty() ? "" : ": " + why);
  }
}
