package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a gated network so that what a frame leaves out is not computed, as ONNX files for one
 * size. All forms answer alike up to rounding. Immutable.
 *
 * <ul>
 *   <li>The <em>gathered</em> form has standard operators alone and is right on any processor:
 *       convolutions gather the filters that are live and the columns of what they read; residual
 *       units stand behind {@code If}.
 *   <li>The <em>blocked</em> form is for ONNX Runtime on one machine: a model that it has optimised
 *       itself for its own layout of channels, in which whole blocks of filters are gathered, and
 *       residual units stand behind {@code If} in that layout. It is to be run at once and never to
 *       be kept.
 * </ul>
 */
public final class GatedForms {
  /** Metadata of a file in gathered form: {@code gathered}. */
  public static final String FORM_KEY = "drivemark.gates.form";

  /** The metadata key under which such a file keeps what the masked form says of its gates. */
  public static final String GATES_KEY = "drivemark.gates.masked";

  private final GatedNetwork gated;
  private final Bypassed bypassed;

  private GatedForms(GatedNetwork gated) {
    this.gated = gated;
    this.bypassed = Bypassed.of(gated);
  }

  /** Whether a network has gates, in masked form. */
  public static boolean isGated(Network network) {
    return GatedNetwork.isGated(network);
  }

  /**
   * The forms of a network.
   *
   * @return empty if it has no gates
   * @throws io.drivemark.problem.BadInputException if its graph and what its metadata says of gates
   *     differ
   */
  public static Optional<GatedForms> of(Network network) {
    return GatedNetwork.of(network).map(GatedForms::new);
  }

  /** Whether residual units are switched, and not filters. */
  public boolean switchesLayers() {
    return gated.sites().get(0).kind() == GateSite.Kind.LAYERS;
  }

  /**
   * A network in another form.
   *
   * @param bytes of an ONNX file
   * @param notes which sites still compute everything, and where maps are brought back to full
   *     width, a sentence each
   */
  public record Form(byte[] bytes, List<String> notes) {
    public Form {
      notes = List.copyOf(notes);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /**
   * The gathered form.
   *
   * @throws NotNarrow if no site can be narrow
   * @throws io.drivemark.problem.BadInputException if the network cannot take this size
   */
  public Form gathered(int height, int width) throws NotNarrow {
    ModelProto model = parsed(OnnxWriter.toBytes(bypassed.network(), height, width));
    GraphProto graph = withOutputs(model.getGraph(), bypassed.outputs());
    if (switchesLayers()) {
      GraphProto branches = Branches.of(graph, gated);
      return new Form(stock(model, branches).toByteArray(), List.of());
    }
    requireSome();
    Narrowing.Result narrow = Narrowing.of(graph, new Plain(), bypassed.sites());
    return new Form(stock(model, narrow.graph()).toByteArray(), notes(narrow));
  }

  /**
   * What ONNX Runtime is to optimise and save, so that {@link #blocked} can rewrite it: everything
   * is computed, the heads as well.
   *
   * @throws NotNarrow if no site can be narrow
   */
  public byte[] whole(int height, int width) throws NotNarrow {
    if (switchesLayers()) {
      return OnnxWriter.toBytes(BlockedUnits.whole(gated), height, width);
    }
    requireSome();
    return OnnxWriter.toBytes(bypassed.network(), height, width);
  }

  /**
   * The blocked form.
   *
   * @param optimised what ONNX Runtime made of {@link #whole}
   * @param block channels of a block in its layout
   * @throws NotNarrow if a site's convolution is not there in this layout, or its units are no
   *     whole blocks
   */
  public Form blocked(byte[] optimised, int block) throws NotNarrow {
    ModelProto model = parsed(optimised);
    GraphProto graph = withOutputs(model.getGraph(), gated.network().outputs().size());
    if (switchesLayers()) {
      GraphProto branched = BlockedUnits.branched(graph, gated);
      return new Form(model.toBuilder().setGraph(branched).build().toByteArray(), List.of());
    }
    requireSome();
    Narrowing.Result narrow = Narrowing.of(graph, new Blocks(block), bypassed.sites());
    return new Form(
        model.toBuilder().setGraph(narrow.graph()).build().toByteArray(), notes(narrow));
  }

  /**
   * A model that brings a map [1, channels, 1, width] into ONNX Runtime's own layout: as the map is
   * answered with as it lies in memory, it tells the layout.
   */
  public static byte[] layoutProbe(int channels, int width) {
    return LayoutProbe.model(channels, width);
  }

  private void requireSome() throws NotNarrow {
    if (bypassed.sites().isEmpty()) {
      Map.Entry<String, String> first = bypassed.masked().entrySet().iterator().next();
      throw new NotNarrow(
          "no site can leave its filters out; site " + first.getKey() + ": " + first.getValue());
    }
  }

  private List<String> notes(Narrowing.Result narrow) {
    List<String> notes = new ArrayList<>();
    bypassed
        .masked()
        .forEach((site, why) -> notes.add("site " + site + " computes all filters: " + why));
    notes.addAll(narrow.widened());
    return notes;
  }

  private static ModelProto parsed(byte[] bytes) {
    try {
      return ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no ONNX model: " + e.getMessage(), e);
    }
  }

  private static GraphProto withOutputs(GraphProto graph, int count) {
    return graph.toBuilder()
        .clearOutput()
        .addAllOutput(graph.getOutputList().subList(0, count))
        .build();
  }

  /** As a file of standard operators whose nodes say nothing of the graph it was made from. */
  private static ModelProto stock(ModelProto model, GraphProto graph) {
    GraphProto.Builder plain = graph.toBuilder();
    plain.getNodeBuilderList().forEach(NodeProto.Builder::clearDocString);
    ModelProto.Builder stock = model.toBuilder().setGraph(plain).clearMetadataProps();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (!entry.getKey().equals(OnnxWriter.GRAPH_KEY)) {
        boolean gates = entry.getKey().equals(GatedNetwork.METADATA);
        stock.addMetadataProps(gates ? entry.toBuilder().setKey(GATES_KEY).build() : entry);
      }
    }
    return stock
        .addMetadataProps(StringStringEntryProto.newBuilder().setKey(FORM_KEY).setValue("gathered"))
        .build();
  }
}
