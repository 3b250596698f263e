package io.drivemark.eval.runner.study;

import io.drivemark.architectures.cue.Cues;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where a study takes a model from. */
public sealed interface ModelSource {
  /** By what a study says which datasets are used for it: a name, or the path of a file. */
  String inUse();

  /**
   * A model that is there. Immutable.
   *
   * @param reference a shipped model's name, or the path of an ONNX, TorchScript or model file
   * @param mapping how its classes become the dataset's, as {@link Study#mapping()}; empty = as all
   *     the study's
   */
  record Named(String reference, Optional<String> mapping) implements ModelSource {
    public Named {
      Objects.requireNonNull(reference, "reference");
      Objects.requireNonNull(mapping, "mapping");
    }

    /** A model whose classes are mapped as all the study's. */
    public Named(String reference) {
      this(reference, Optional.empty());
    }

    @Override
    public String inUse() {
      return reference;
    }
  }

  /**
   * A model that is there with cues around it. Immutable.
   *
   * @param of the model, as {@link Named#reference}; it is a row of its own, and its classes are
   *     mapped as there
   * @param given how the study calls it; empty = the model's name and those of the cues
   * @param cues what is around it; networks that they name are references like {@code of}
   */
  record Cued(String of, Optional<String> given, Cues cues) implements ModelSource {
    public Cued {
      Objects.requireNonNull(of, "of");
      Objects.requireNonNull(given, "given");
      Objects.requireNonNull(cues, "cues");
    }

    /**
     * What it is called: {@code enet-camvid-cue-keyframes2}.
     *
     * @param network the name of the model inside
     */
    public String name(String network) {
      return given.orElse(network + "-" + Cues.TECHNIQUE + "-" + cues.shortName());
    }

    @Override
    public String inUse() {
      return name(of);
    }
  }

  /**
   * An architecture of the zoo with random weights and the dataset's classes: it has a latency and
   * a cost, and its accuracy means nothing. Immutable.
   *
   * @param name how the study calls it
   * @param architecture the zoo's name
   * @param options of the architecture; an option that is missing has its default
   */
  record Untrained(String name, String architecture, Map<String, String> options)
      implements ModelSource {
    public Untrained {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(architecture, "architecture");
      options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    @Override
    public String inUse() {
      return name;
    }

    /**
     * The name where none is given: {@code erfnet-untrained}, {@code
     * skipnet-mobilenet-width0.5-untrained}.
     */
    public static String usualName(String architecture, Map<String, String> options) {
      String chosen =
          new TreeMap<>(options)
              .entrySet().stream()
                  .map(e -> "-" + e.getKey() + e.getValue())
                  .collect(Collectors.joining());
      return architecture + chosen + "-untrained";
    }
  }
}
