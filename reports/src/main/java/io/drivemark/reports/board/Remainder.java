package io.drivemark.reports.board;

import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.eval.runner.record.detail.Lineage.KeptLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which filters pruning left of a network, layer by layer, in words. Immutable.
 *
 * @param layers the parent's in its order; empty if nothing was removed or they are not known
 */
public record Remainder(List<KeptLayer> layers) {
  private static final int MOST_NAMES = 6;

  public Remainder {
    layers = List.copyOf(layers);
  }

  /** What is left of a variant's parent; of one that was only trained further nothing is said. */
  public static Remainder of(Variant variant) {
    return new Remainder(
        variant.isPruned() ? variant.lineage().map(Lineage::layers).orElse(List.of()) : List.of());
  }

  /** A part of a network: its name, its layers, and what is left of their filters. */
  public record Part(String name, List<KeptLayer> layers) {
    public Part {
      Objects.requireNonNull(name, "name");
      layers = List.copyOf(layers);
    }

    /** Filters of the parent. */
    public long before() {
      return layers.stream().mapToLong(KeptLayer::before).sum();
    }

    /** Filters that are left. */
    public long after() {
      return layers.stream().mapToLong(KeptLayer::after).sum();
    }

    /** For people: {@code 31 % of 4 032 filters}. */
    public String share() {
      return String.format(
          Locale.ROOT,
          "%.0f %% of %s filters",
          100.0 * after() / before(),
          Numbers.grouped(before()));
    }
  }

  /** Encoder and decoder, as far as there are both; else all layers as one. */
  public List<Part> parts() {
    List<KeptLayer> encoder = layers.stream().filter(l -> !l.isDecoder()).toList();
    List<KeptLayer> decoder = layers.stream().filter(KeptLayer::isDecoder).toList();
    if (layers.isEmpty()) {
      return List.of();
    }
    if (decoder.isEmpty()) {
      return List.of(new Part("All layers", encoder));
    }
    return encoder.isEmpty()
        ? List.of(new Part("Decoder", decoder))
        : List.of(new Part("Encoder", encoder), new Part("Decoder", decoder));
  }

  /** How many layers changed, and how many filters are left in all; no full stop. */
  public String summary() {
    long gone = layers.stream().filter(l -> l.after() == 0).count();
    long whole = layers.stream().filter(l -> l.after() == l.before()).count();
    return layers.size()
        + (layers.size() == 1 ? " layer: " : " layers: ")
        + (layers.size() - gone - whole)
        + " narrower, "
        + gone
        + " gone, "
        + whole
        + " as they were; "
        + new Part("", layers).share()
        + " left";
  }

  /** Layers that have one filter and had more, by name. */
  public List<String> single() {
    return layers.stream()
        .filter(l -> l.after() == 1 && l.before() > 1)
        .map(KeptLayer::name)
        .toList();
  }

  /**
   * Which layers are left with one filter, a sentence; empty if none is. Such a layer hands on one
   * number a pixel: next to nothing goes through it.
   */
  public String singleWords() {
    List<String> names = single();
    if (names.isEmpty()) {
      return "";
    }
    return "One filter is left of "
        + Numbers.names(names, MOST_NAMES)
        + ": hardly anything goes through "
        + (names.size() == 1 ? "it, so it is a layer" : "them, so they are layers")
        + " to remove.";
  }

  /** Everything in one line, for places without pictures; empty if no layers are known. */
  public String line() {
    if (layers.isEmpty()) {
      return "";
    }
    List<String> words = new ArrayList<>();
    words.add(summary());
    List<Part> parts = parts();
    if (parts.size() == 2) {
      words.add("encoder " + parts.get(0).share() + ", decoder " + parts.get(1).share());
    }
    return String.join("; ", words) + "." + (single().isEmpty() ? "" : " " + singleWords());
  }
}
