package io.drivemark.eval.runner;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.architectures.pruning.gate.GateDesign;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.pruning.gate.Standardisation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gated network for the {@link Yard}, with weights by hand: it answers as the plain one. Of the
 * eight filters of its layer {@code body} three are live on every frame, the others do nothing and
 * are live on frames of much green alone.
 */
public final class GatedYard {
  /** What the gated model names as its parent. */
  public static final String PARENT = "parent";

  /** Its layer with gates. */
  public static final String SITE = "body";

  private static final int FILTERS = 8;
  private static final int USED = 3;
  private static final float GREEN = 90;

  private GatedYard() {}

  /** The network before it gets gates. */
  public static Network dense(String name) {
    NetworkBuilder b = new NetworkBuilder(name, 1);
    String x = b.input("image", 3);
    String body =
        b.add(
            "relu",
            Activation.of(Activation.Kind.RELU),
            b.conv(SITE, x, FILTERS, 1).initial(identity(FILTERS, USED)).build());
    return b.build(b.conv("scores", body, USED, 1).initial(identity(USED, FILTERS)).build());
  }

  private static Tensor identity(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < Math.min(rows, columns); i++) {
      values[i * columns + i] = 1;
    }
    return Tensor.of(Shape.of(rows, columns, 1, 1), values);
  }

  /** The network with gates that follow the green of a frame. */
  public static GatedNetwork gated(String name) {
    Network dense = dense(name);
    List<GateSite> sites = GateSites.of(dense).sites();
    float[] mean = {GREEN, GREEN, GREEN};
    float[] deviation = {20, 20, 20};
    GatedNetwork fresh =
        GatedNetwork.attach(
            dense,
            sites,
            GateDesign.standardised(1),
            Map.of(SITE, new Standardisation(mean, deviation)));
    float[] weights = new float[FILTERS * 3];
    float[] bias = new float[FILTERS];
    for (int unit = 0; unit < FILTERS; unit++) {
      weights[3 * unit + 1] = unit < USED ? 0 : 1;
      bias[unit] = unit < USED ? 9 : 0;
    }
    Map<String, Tensor> tensors = new HashMap<>();
    GateSite site = sites.get(0);
    tensors.put(GatedNetwork.weight(site), Tensor.of(Shape.of(FILTERS, 3, 1, 1), weights));
    tensors.put(GatedNetwork.bias(site), Tensor.of(Shape.of(FILTERS), bias));
    return GatedNetwork.of(fresh.network().withTensors(tensors)).orElseThrow();
  }

  /** The model before it gets gates. */
  public static Model parent() {
    return new Model(Yard.model(PARENT, 0).spec(), dense(PARENT));
  }

  /** The gated model. */
  public static Model model(String name) {
    GatedNetwork gated = gated(name);
    return model(name, gated, gated.head());
  }

  /** The gated model with this head of gates. */
  public static Model model(String name, GatedNetwork gated, HeadKind gates) {
    ModelSpec plain = Yard.model("plain", 0).spec();
    return new Model(
        new ModelSpec(
            name,
            "tiny",
            Map.of(),
            plain.input(),
            List.of(
                new Head(
                    Head.LABELS,
                    Optional.of("scores"),
                    new LabelsHead(Yard.SPACE, LabelsHead.Form.LOGITS)),
                new Head("gates", Optional.of(GatedNetwork.OUTPUT), gates)),
            new ModelSpec.Variant("dynamic", Optional.of(PARENT), Optional.of("mass")),
            plain.provenance(),
            Wiring.PLAIN),
        gated.network());
  }
}
