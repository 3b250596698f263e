package io.drivemark.architectures.sheet;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.ReceptiveField;
import io.drivemark.architectures.graph.StoredParameters;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a network by calculation. Immutable.
 *
 * @param parameters learned values that output 0 needs
 * @param parametersExact whether these are all there are
 * @param precision how they are stored, for example {@code fp32} or {@code int8}
 * @param trainingParameters learned values of all outputs, auxiliary heads included
 * @param operators how many nodes it has
 * @param sizes its figures at the sizes people drive with; a network that takes one size alone has
 *     that as well, last
 * @param obstacles foreign operators and what they stop
 * @param drawnAt the image size of the outline
 * @param outline the network as a few blocks; empty if it cannot take {@code drawnAt}
 */
public record NetworkSheet(
    long parameters,
    boolean parametersExact,
    String precision,
    long trainingParameters,
    int operators,
    List<AtSize> sizes,
    List<Obstacle> obstacles,
    Size drawnAt,
    Optional<Outline> outline) {

  /** CamVid at half size, the size of the published encoder comparisons, Cityscapes at half. */
  public static final List<Size> USUAL_SIZES =
      List.of(new Size(360, 480), new Size(360, 640), new Size(512, 1024));

  /**
   * A network at one image size.
   *
   * @param size of the image
   * @param figures what it takes; empty if the network cannot take this size
   * @param refusal why it cannot, else empty
   */
  public record AtSize(Size size, Optional<Figures> figures, String refusal) {
    public AtSize {
      Objects.requireNonNull(size, "size");
      Objects.requireNonNull(figures, "figures");
      Objects.requireNonNull(refusal, "refusal");
    }
  }

  /**
   * What one inference takes.
   *
   * @param macs multiply-accumulates
   * @param activationBytes of all values together
   * @param peakActivationBytes most bytes that are needed at one time
   * @param exact whether no figure is a lower bound
   * @param receptiveField in words: {@code 327x327}
   */
  public record Figures(
      long macs,
      long activationBytes,
      long peakActivationBytes,
      boolean exact,
      String receptiveField) {}

  public NetworkSheet {
    sizes = List.copyOf(sizes);
    obstacles = List.copyOf(obstacles);
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(drawnAt, "drawnAt");
    Objects.requireNonNull(outline, "outline");
  }

  /** Works it out at the usual sizes; the picture is drawn for the first, or the network's own. */
  public static NetworkSheet of(Network network) {
    return of(network, fixedSize(network).orElse(USUAL_SIZES.get(0)));
  }

  /** Works it out at the usual sizes, with the picture for this size. */
  public static NetworkSheet of(Network network, Size drawnAt) {
    return of(network, network.outputs().subList(0, 1), drawnAt);
  }

  /** Works it out for all that a model's heads need; the picture as {@link #of(Network)}. */
  public static NetworkSheet of(Model model) {
    return of(model, fixedSize(model.network()).orElse(USUAL_SIZES.get(0)));
  }

  /** Works it out for all that a model's heads need, with the picture for this size. */
  public static NetworkSheet of(Model model, Size drawnAt) {
    return of(model.network(), model.outputs(), drawnAt);
  }

  private static NetworkSheet of(Network network, List<String> outputs, Size drawnAt) {
    List<AtSize> sizes = new ArrayList<>();
    USUAL_SIZES.forEach(size -> sizes.add(at(network, outputs, size)));
    fixedSize(network)
        .filter(size -> !USUAL_SIZES.contains(size))
        .ifPresent(size -> sizes.add(at(network, outputs, size)));
    StoredParameters stored = StoredParameters.of(network, outputs);
    long training = StoredParameters.of(network, network.outputs()).total();
    return new NetworkSheet(
        stored.total(),
        stored.exact(),
        stored.precision(),
        Math.max(training, network.parameters()),
        network.nodes().size(),
        sizes,
        Obstacle.of(network),
        drawnAt,
        outline(network, drawnAt));
  }

  /**
   * Whether the numbers of values mean nothing: weights lie in a TorchScript file, or in forms that
   * cannot be told to be learned values.
   */
  public boolean hidesParameters() {
    return !parametersExact || obstacles.stream().anyMatch(o -> o.operator().isTorchScript());
  }

  private static Optional<Size> fixedSize(Network network) {
    Shape taken = network.inputs().get(0).shape();
    boolean fixed =
        taken.hasRank()
            && taken.rank() == 4
            && taken.height() != Shape.UNKNOWN
            && taken.width() != Shape.UNKNOWN;
    return fixed ? Optional.of(new Size(taken.height(), taken.width())) : Optional.empty();
  }

  private static Optional<Outline> outline(Network network, Size size) {
    try {
      return Optional.of(Outline.of(network, size.height(), size.width()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the network does not take this size, which the figures say
    }
  }

  private static AtSize at(Network network, List<String> outputs, Size size) {
    List<Shape> declared = network.inputs().stream().map(NetworkInput::shape).toList();
    Optional<Size> only = fixedSize(network);
    if (only.isPresent() && !only.get().equals(size)) {
      return new AtSize(size, Optional.empty(), "it takes " + declared.get(0) + " alone");
    }
    try {
      Cost cost = Cost.of(network, size.height(), size.width(), outputs);
      ReceptiveField field =
          ReceptiveField.of(network, outputs.get(0), size.height(), size.width());
      return new AtSize(
          size,
          Optional.of(
              new Figures(
                  cost.macs(),
                  cost.activationBytes(),
                  cost.peakActivationBytes(),
                  cost.exact(),
                  seen(field, size))),
          "");
    } catch (IllegalArgumentException e) {
      return new AtSize(size, Optional.empty(), e.getMessage());
    }
  }

  private static String seen(ReceptiveField field, Size size) {
    boolean all =
        field.whole() || field.height() >= 2L * size.height() && field.width() >= 2L * size.width();
    return field.height() + "x" + field.width() + (all ? " (the whole image)" : "");
  }
}
