package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.Task;
import java.util.Map;
import java.util.Optional;

/**
 * What the numbers of a network's output mean. Open for more: a kind is a record that says how it
 * is written and decoded, and a {@link HeadType} that reads it. Immutable.
 */
public interface HeadKind {
  /** The word of model files; the name of its {@link HeadType}. */
  String type();

  /** What it is, for a person: {@code depth, inverse, 1.0 to 80.0 m}. */
  String description();

  /**
   * What a model file says of it beside {@code name}, {@code output} and {@code kind}: read by its
   * {@link HeadType} this gives an equal value. Texts, numbers, lists and maps of them; models'
   * digests are made of it, so what was written once stays as it is.
   */
  Map<String, Object> keys();

  /**
   * Why an output cannot be of this kind, as the end of a sentence that begins with the output;
   * empty if it can, as far as its extents are known.
   *
   * @param shape of the output; extents may be unknown
   */
  Optional<String> misfit(Shape shape);

  /**
   * What turns the output of an opened network into values.
   *
   * @param site the output, of a known shape that is no {@link #misfit}
   * @throws io.drivemark.problem.BadInputException if it cannot be decoded there
   */
  HeadDecoder<?> decoder(HeadSite site);

  /** The task whose truth judges it; empty where there is none, as for gates. */
  default Optional<Task> task() {
    return Optional.empty();
  }
}
