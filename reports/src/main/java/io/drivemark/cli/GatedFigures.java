package io.drivemark.cli;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.pruning.gate.GatedCost;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a network with gates takes at least to be known before frames are seen. Stateless. */
final class GatedFigures {
  private GatedFigures() {}

  /**
   * Figures by name: {@code gateSites} and {@code gateUnits}; {@code macsDense} of the network
   * without gates, {@code macsHeads} of the gate heads, {@code macsAllLive} of a frame whose units
   * are all live: the most that a frame can take. Empty where the network has no gates.
   *
   * @throws io.drivemark.problem.BadInputException if its file contradicts itself
   */
  static Map<String, Long> of(Model model, Size at) {
    Map<String, Long> out = new LinkedHashMap<>();
    GatedNetwork.of(model.network())
        .ifPresent(
            gated -> {
              GatedCost cost = GatedCost.of(gated, at.height(), at.width());
              out.put("gateSites", (long) gated.sites().size());
              out.put("gateUnits", (long) gated.units());
              out.put("macsDense", cost.dense());
              out.put("macsHeads", cost.heads());
              out.put("macsAllLive", cost.dense() + cost.heads());
            });
    return out;
  }

  /** What is to be known when these figures are read. */
  static String note() {
    return "gates choose for each frame which units are computed: a frame takes macsAllLive at most,"
        + " the gate heads included, and less by what its gates leave out; 'drivemark run' counts"
        + " it frame by frame. 'macs' is the masked form: everything is computed and multiplied by"
        + " 0 or 1";
  }
}
