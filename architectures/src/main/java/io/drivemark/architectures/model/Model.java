package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.StoredParameters;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A network and its description. Immutable.
 *
 * @param spec name, input, labels, provenance
 * @param network what is executed
 * @param notes how its file was read where that needed a decision: what was assumed, converted or
 *     left aside; one sentence each, for a person to read; empty where nothing was
 * @param signature the borders of the network as its file has them; absent where they are those of
 *     the network
 */
public record Model(
    ModelSpec spec, Network network, List<String> notes, Optional<Signature> signature) {
  public Model {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(network, "network");
    notes = List.copyOf(notes);
    Objects.requireNonNull(signature, "signature");
  }

  /** A model whose file has the borders of its network. */
  public Model(ModelSpec spec, Network network, List<String> notes) {
    this(spec, network, notes, Optional.empty());
  }

  /** The same with one more note. */
  public Model withNote(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Model(spec, network, all, signature);
  }

  /** A model about whose reading there is nothing to say. */
  public Model(ModelSpec spec, Network network) {
    this(spec, network, List.of());
  }

  /**
   * The network's outputs that its heads read, in the heads' order but for labels, which come
   * first. Of a TorchScript file, whose outputs are known when it is opened, the one value that
   * stands for all of them.
   */
  public List<String> outputs() {
    if (network.isTorchScript()) {
      return network.outputs();
    }
    List<String> outputs = new ArrayList<>();
    spec.labelsHead().ifPresent(h -> outputs.add(h.output().orElse(network.outputs().get(0))));
    spec.otherHeads().forEach(h -> outputs.add(h.output().orElseThrow()));
    return outputs;
  }

  /**
   * What inference of all heads takes for an input of this size.
   *
   * @throws IllegalArgumentException if the network cannot take it
   */
  public Cost cost(int height, int width) {
    return Cost.of(network, height, width, outputs());
  }

  /** The parameters that its heads need, as they are stored. */
  public StoredParameters storedParameters() {
    return StoredParameters.of(network, outputs());
  }

  /**
   * Checks that it has no heads but one of labels.
   *
   * @param what is not built for others, as the beginning of a sentence: {@code pruning}
   * @throws UnavailableException if it has others; the message names them
   */
  public void requireLabelsAlone(String what) {
    if (!spec.otherHeads().isEmpty()) {
      throw new UnavailableException(
          "model "
              + spec.name()
              + " has more than labels: "
              + HeadList.text(spec.heads())
              + "; "
              + what
              + " of such networks is not built yet");
    }
  }

  /**
   * Checks that it answers with one thing: labels or depth, and nothing beside it.
   *
   * @param what is not built for others, as the beginning of a sentence: {@code pruning}
   * @throws UnavailableException if it has several heads; the message names them
   */
  public void requireOneHead(String what) {
    if (spec.heads().size() > 1) {
      requireLabelsAlone(what);
    }
  }

  /** The same with what its heads need alone: no auxiliary outputs. */
  public Model forInference() {
    return new Model(spec, network.forInference(outputs()), notes, signature);
  }
}
