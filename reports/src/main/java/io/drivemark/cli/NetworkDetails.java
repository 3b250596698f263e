package io.drivemark.cli;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.ReceptiveField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known about a network by calculation, at the sizes people drive with. Stateless. */
final class NetworkDetails {
  private static final List<SizeConverter.Pixels> SIZES =
      List.of(
          new SizeConverter.Pixels(360, 480),
          new SizeConverter.Pixels(360, 640),
          new SizeConverter.Pixels(512, 1024));

  private NetworkDetails() {}

  /**
   * Figures by name: {@code params} of inference and of training where auxiliary heads make a
   * difference; {@code macs}, {@code activationBytes} and {@code peakActivationBytes} by size;
   * {@code receptiveField}. Where the network cannot take a size, that stands in place of the
   * figures.
   */
  static Map<String, Object> of(Network network) {
    Map<String, Object> out = new LinkedHashMap<>();
    Map<String, Object> macs = new LinkedHashMap<>();
    Map<String, Object> bytes = new LinkedHashMap<>();
    Map<String, Object> peak = new LinkedHashMap<>();
    Map<String, Object> field = new LinkedHashMap<>();
    long params = network.parameters();
    for (SizeConverter.Pixels size : SIZES) {
      String key = size.toString();
      try {
        Cost cost = Cost.of(network, size.height(), size.width());
        params = cost.parameters();
        macs.put(key, cost.macs());
        bytes.put(key, cost.activationBytes());
        peak.put(key, cost.peakActivationBytes());
        field.put(key, seen(ReceptiveField.of(network, size.height(), size.width()), size));
      } catch (IllegalArgumentException e) {
        macs.put(key, "cannot take this size: " + e.getMessage());
      }
    }
    out.put("params", params);
    if (params != network.parameters()) {
      out.put("paramsInTraining", network.parameters());
    }
    out.put("operators", network.nodes().size());
    out.put("macs", macs);
    out.put("activationBytes", bytes);
    out.put("peakActivationBytes", peak);
    out.put("receptiveField", field);
    return out;
  }

  private static String seen(ReceptiveField field, SizeConverter.Pixels size) {
    boolean all =
        field.whole() || field.height() >= 2L * size.height() && field.width() >= 2L * size.width();
    return field.height() + "x" + field.width() + (all ? " (the whole image)" : "");
  }
}
