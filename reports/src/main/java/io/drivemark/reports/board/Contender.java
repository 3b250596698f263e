package io.drivemark.reports.board;

import io.drivemark.eval.decide.Candidate;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.SpeedOrder;
import io.drivemark.eval.decide.Standing;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One entry as it stands among the others of its board. Immutable.
 *
 * @param number its place on the board, from 0, in the study's order
 * @param label a name no other contender of the board has: the model, its engine, and whatever else
 *     is needed to tell them apart
 * @param entry what was measured; latencies on the board's scale, where they can stand on it
 * @param candidate what decisions know of it
 * @param standing how the contenders of the board stand to each other
 */
public record Contender(
    int number, String label, Entry entry, Candidate candidate, Standing standing) {
  public Contender {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(standing, "standing");
  }

  /** The model's name. */
  public String model() {
    return entry.model().name();
  }

  /** Its label as sentences use it: {@code enet-camvid on onnxruntime}. */
  public String phrase() {
    String plain = model() + " · " + entry.engine().name();
    return label.startsWith(plain)
        ? model() + " on " + entry.engine().name() + label.substring(plain.length())
        : label;
  }

  /** What its accuracy is measured by. */
  public Measure measure() {
    return candidate.measure();
  }

  /** The measure's value; empty if nothing was judged or it is undefined. */
  public OptionalDouble accuracy() {
    return candidate.value();
  }

  /** Whether its weights were learned; random weights have no accuracy. */
  public boolean trained() {
    return entry.model().trained();
  }

  /** Whether its file keeps learned values in another precision than fp32, or in none we know. */
  public boolean hasOtherPrecision() {
    return entry.model().storedPrecision().filter(p -> !p.equals("fp32")).isPresent();
  }

  /** Of the arithmetic, as far as it is certain: {@code fp32}, or {@code by operator}. */
  public String precision() {
    return hasOtherPrecision() ? "by operator" : entry.engine().precision();
  }

  /** Mean end-to-end latency in milliseconds; empty if speed was not measured. */
  public OptionalDouble meanMs() {
    return entry
        .speed()
        .map(Speed::endToEnd)
        .map(latency -> OptionalDouble.of(latency.mean()))
        .orElse(OptionalDouble.empty());
  }

  /** Whether both accuracy and comparable speed are known, so that it can be on the front. */
  public boolean rated() {
    return standing.isRated(candidate);
  }

  /**
   * Whether the speeds of two contenders cannot be told apart; see {@link Standing#order}. False
   * where they cannot be compared.
   */
  public boolean ties(Contender other) {
    return standing.order(candidate, other.candidate) == SpeedOrder.TIE;
  }
}
