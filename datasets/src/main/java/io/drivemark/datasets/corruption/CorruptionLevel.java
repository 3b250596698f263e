package io.drivemark.datasets.corruption;

import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RgbImage;
import io.drivemark.problem.BadInputException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A corruption at one severity, and how it meets a frame. Immutable and thread-safe.
 *
 * @param corruption which
 * @param severity {@value Corruption#LEAST} to {@value Corruption#MOST}
 */
public record CorruptionLevel(Corruption corruption, int severity) {
  /**
   * @throws BadInputException if there is no such severity
   */
  public CorruptionLevel {
    Objects.requireNonNull(corruption, "corruption");
    if (severity < Corruption.LEAST || severity > Corruption.MOST) {
      throw new BadInputException(
          "corruption "
              + corruption.name()
              + ": severity is "
              + severity
              + ", expected "
              + Corruption.LEAST
              + " to "
              + Corruption.MOST);
    }
  }

  /** A word for it, fit for file names: {@code fog-3}. */
  public String word() {
    return corruption.name() + "-" + severity;
  }

  /** All that its bytes follow from besides the frame, as text for digests. */
  public String identity() {
    String basis = corruption.basis();
    return corruption.name()
        + "/"
        + severity
        + " derivation "
        + corruption.derivation()
        + (basis.isEmpty() ? "" : " " + basis);
  }

  /**
   * The photograph of a frame made worse.
   *
   * @param image the frame's photograph
   * @param frame which frame; its id or sequence says which random numbers are its own
   * @param distances how far away its pixels are; asked for only if the corruption goes by it
   * @return in an array of its own
   */
  public RgbImage apply(RgbImage image, Frame frame, Supplier<Optional<Distances>> distances) {
    String owner = corruption.sticks() ? frame.sequence().orElseGet(frame::id) : frame.id();
    Draws draws = Draws.of(corruption.name() + "/" + severity + "/" + owner);
    Optional<Distances> far = corruption.usesDistances() ? distances.get() : Optional.empty();
    if (far.isPresent() && far.get().size() != image.height() * image.width()) {
      throw new BadInputException(
          "frame "
              + frame.id()
              + ": its photograph has "
              + image.height() * image.width()
              + " pixels and its distances "
              + far.get().size()
              + "; corruption "
              + corruption.name()
              + " needs one each");
    }
    RgbImage out = corruption.apply(image, severity, draws, far);
    if (out.height() != image.height() || out.width() != image.width()) {
      throw new IllegalStateException(
          corruption.name() + " made " + out + " of " + image + "; a photograph keeps its size");
    }
    return out;
  }
}
