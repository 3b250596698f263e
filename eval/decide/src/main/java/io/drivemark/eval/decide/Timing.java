package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Speed;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What decisions need of a measured latency. Immutable.
 *
 * @param machine fingerprint of the machine it was measured on; latencies of two machines are never
 *     compared
 * @param endToEndMs mean latency of a frame, end to end, in milliseconds
 * @param engineMs mean latency of the engine alone
 * @param rotation what it was timed in turn with; empty in records of older programs, whose
 *     latencies of one machine count as of one rotation
 * @param band by how much of itself the control strayed from itself: differences up to this share
 *     are ties; empty where no control was measured
 */
public record Timing(
    String machine,
    double endToEndMs,
    double engineMs,
    Optional<Rotation> rotation,
    OptionalDouble band) {

  /**
   * The rotation of a timing.
   *
   * @param id equal for networks that took turns with each other
   * @param reference identifies the network, engine, size and options that are in every rotation of
   *     a study: latencies of two rotations can be compared where it is the same
   * @param referenceMs the reference's mean latency in this rotation, end to end
   * @param referenceEngineMs and of the engine alone
   */
  public record Rotation(
      String id, String reference, double referenceMs, double referenceEngineMs) {
    public Rotation {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(reference, "reference");
      requirePositive("the reference's latency", referenceMs);
      requirePositive("the reference's engine latency", referenceEngineMs);
    }
  }

  public Timing {
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(rotation, "rotation");
    Objects.requireNonNull(band, "band");
    requirePositive("the latency", endToEndMs);
    requirePositive("the engine's latency", engineMs);
    if (band.isPresent() && !(band.getAsDouble() >= 0)) {
      throw new IllegalArgumentException("band: at least 0 expected, got " + band.getAsDouble());
    }
  }

  private static void requirePositive(String what, double ms) {
    if (!(ms > 0 && ms < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + ": more than 0 ms expected, got " + ms);
    }
  }

  /** How far, as a share, a network measured against itself strayed from 1. */
  public static double band(Speed.Control control) {
    return Math.max(Math.abs(control.bandLow() - 1), Math.abs(control.bandHigh() - 1));
  }

  /** Whether two were timed in turn with each other. */
  public boolean inTurnWith(Timing other) {
    return machine.equals(other.machine)
        && rotation.map(Rotation::id).equals(other.rotation.map(Rotation::id));
  }
}
