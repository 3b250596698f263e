package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites a graph whose convolutions make all filters into one in which gated convolutions make
 * the live ones alone. A narrow map goes on through what treats channels alike and keeps zeros;
 * convolutions that read it take the columns of its live channels; for everything else it is put
 * back to full width, with zeros. One use; not thread-safe.
 */
final class Narrowing {
  private final Layout layout;
  private final Edited to;
  private final Indices indices;
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private final Map<String, Live> narrow = new HashMap<>();
  private final Set<String> points = new HashSet<>(); // narrow maps of one pixel
  private final Set<String> remade = new HashSet<>();
  private final Map<String, String> spread = new HashMap<>(); // gates of filters → index
  private final List<String> widened = new ArrayList<>();

  /**
   * A gated convolution.
   *
   * @param name of the site
   * @param bias name of the stored bias, by which the convolution is found
   * @param logits value [1, U, 1, 1]: a unit is live where it is above 0
   * @param gates the value of its gates, one number a unit, which is made anew
   * @param units the unit of each filter
   * @param spread values of its gates, one number a filter: what is multiplied by these is narrow
   *     already
   */
  record Site(
      String name, String bias, String logits, String gates, int[] units, Set<String> spread) {}

  private Narrowing(GraphProto graph, Layout layout, List<Site> sites) {
    this.layout = layout;
    this.to = new Edited(graph);
    this.indices = new Indices(to);
    for (Site site : sites) {
      this.sites.put(site.bias(), site);
      remade.add(site.gates());
    }
  }

  /** What came of it. */
  record Result(GraphProto graph, List<String> widened) {}

  /**
   * Rewrites.
   *
   * @throws NotNarrow if a site's convolution is not found, or its units are not whole pieces
   */
  static Result of(GraphProto graph, Layout layout, List<Site> sites) throws NotNarrow {
    Narrowing pass = new Narrowing(graph, layout, sites);
    for (NodeProto node : graph.getNodeList()) {
      pass.rewrite(node);
    }
    if (!pass.sites.isEmpty()) {
      throw new NotNarrow(
          "site "
              + pass.sites.values().iterator().next().name()
              + ": no convolution of its filters is found");
    }
    for (var output : graph.getOutputList()) {
      if (pass.narrow.containsKey(output.getName())) {
        throw new NotNarrow("output " + output.getName() + " is gated");
      }
    }
    return new Result(pass.to.graph(graph), pass.widened);
  }

  private void rewrite(NodeProto node) throws NotNarrow {
    if (node.getOutputCount() > 0 && remade.contains(node.getOutput(0))) {
      return;
    }
    Live in = node.getInputCount() == 0 ? null : narrow.get(node.getInput(0));
    String weight = node.getInputCount() > 1 ? node.getInput(1) : "";
    boolean convolves = layout.convolves(node, to.tensor(weight));
    Site site = node.getInputCount() > 2 ? sites.remove(node.getInput(2)) : null;
    if (site != null && !convolves) {
      throw new NotNarrow("site " + site.name() + " is a " + node.getOpType());
    }
    if (convolves && (site != null || in != null)) {
      convolution(node, Optional.ofNullable(site), Optional.ofNullable(in));
    } else if (in != null && isSpread(node, in)) {
      to.named("Identity", node.getOutput(0), List.of(node.getInput(0)));
      narrow.put(node.getOutput(0), in);
    } else if (in != null && layout.keepsZeros(node, to)) {
      to.add(node);
      narrow.put(node.getOutput(0), in);
      if (node.getOpType().startsWith("Global")) {
        points.add(node.getOutput(0));
      }
    } else if (in != null && points.contains(node.getInput(0)) && layout.isReordering(node)) {
      indices.fullPoint(node.getInput(0), in, node.getOutput(0)); // one pixel lies alike in both
    } else {
      to.add(widened(node, 0));
    }
  }

  /** Whether a node multiplies a narrow map by the gates that made it narrow. */
  private boolean isSpread(NodeProto node, Live in) {
    return node.getOpType().equals("Mul") && in.index().equals(spread.get(node.getInput(1)));
  }

  private void convolution(NodeProto node, Optional<Site> site, Optional<Live> in)
      throws NotNarrow {
    Optional<Live> out = Optional.empty();
    if (site.isPresent()) {
      out = Optional.of(live(site.get()));
      for (String gates : site.get().spread()) {
        spread.put(gates, out.get().index());
      }
      narrow.put(node.getOutput(0), out.get());
    }
    NodeProto.Builder narrowed = widened(node, 1).toBuilder();
    narrowed.setInput(1, layout.filters(indices, node, node.getInput(1), out, in));
    if (out.isPresent()) {
      narrowed.setInput(2, indices.entries(node.getInput(2), out.get()));
    }
    to.add(narrowed.build());
  }

  private Live live(Site site) throws NotNarrow {
    int unit = Pieces.unit(site.units());
    boolean whole = unit > 0 && unit % layout.smallest() == 0;
    if (!whole && layout.smallest() > 1) {
      throw new NotNarrow(
          "site "
              + site.name()
              + ": "
              + (unit == 0 ? "units of unlike size" : "units of " + unit + " filters")
              + " are no whole blocks of "
              + layout.smallest());
    }
    int piece = whole ? layout.piece(unit) : 1;
    return indices.live(site, Pieces.units(site.units(), piece), piece);
  }

  /** The node reading full maps, from this input on. */
  private NodeProto widened(NodeProto node, int from) {
    NodeProto.Builder wide = node.toBuilder();
    for (int i = from; i < node.getInputCount(); i++) {
      Live live = narrow.get(node.getInput(i));
      if (live != null) {
        if (!points.contains(node.getInput(i))) {
          widened.add(
              node.getOpType() + " " + node.getName() + " reads all of " + node.getInput(i));
        }
        wide.setInput(i, full(node.getInput(i), live));
      }
    }
    return wide.build();
  }

  private String full(String map, Live live) {
    if (!points.contains(map)) {
      return indices.full(map, live);
    }
    String name = Edited.PREFIX + map + ".full";
    if (to.isNew(name)) {
      indices.fullPoint(map, live, name);
    }
    return name;
  }
}
