package io.drivemark.cli;

import io.drivemark.architectures.graph.StoredParameters;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.sheet.NetworkSheet;
import io.drivemark.architectures.sheet.NetworkSheet.AtSize;
import io.drivemark.architectures.sheet.NetworkSheet.Figures;
import io.drivemark.architectures.sheet.Obstacle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;

/** A network's sheet as figures by name, for lines and JSON. Stateless. */
final class NetworkDetails {
  private NetworkDetails() {}

  /**
   * Figures by name: {@code params} of inference and of training where auxiliary heads make a
   * difference; {@code precision} where they are not stored as float32; {@code macs}, {@code
   * activationBytes} and {@code peakActivationBytes} by size; {@code receptiveField}; {@code
   * unknownOperators} and what they stop, where there are any. Where the network cannot take a
   * size, that stands in place of the figures.
   */
  static Map<String, Object> of(NetworkSheet sheet) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("params", sheet.hidesParameters() ? null : sheet.parameters());
    if (sheet.parameters() != sheet.trainingParameters()) {
      out.put("paramsInTraining", sheet.trainingParameters());
    }
    if (!sheet.precision().equals("fp32")) {
      out.put("precision", sheet.precision());
    }
    out.put("operators", sheet.operators());
    Map<String, Object> macs = figures(sheet, Figures::macs);
    for (AtSize at : sheet.sizes()) {
      if (at.figures().isEmpty()) {
        macs.put(at.size().toString(), "cannot take this size: " + at.refusal());
      }
    }
    out.put("macs", macs);
    out.put("activationBytes", figures(sheet, Figures::activationBytes));
    out.put("peakActivationBytes", figures(sheet, Figures::peakActivationBytes));
    out.put("receptiveField", figures(sheet, Figures::receptiveField));
    List<String> obstacles = sheet.obstacles().stream().map(Obstacle::sentence).toList();
    if (!obstacles.isEmpty()) {
      out.put("exact", false);
      out.put("unknownOperators", obstacles);
    }
    return out;
  }

  /**
   * The number of parameters that a model's heads need, {@code params}, and of all outputs, {@code
   * paramsInTraining}, where that is another; null where it is not known.
   */
  static Map<String, Long> parameters(Model model) {
    Map<String, Long> out = new LinkedHashMap<>();
    Long params = orNull(model.storedParameters().count());
    Long inTraining = orNull(StoredParameters.inTraining(model.network()).count());
    out.put("params", params);
    if (!Objects.equals(params, inTraining)) {
      out.put("paramsInTraining", inTraining);
    }
    return out;
  }

  private static Long orNull(OptionalLong count) {
    return count.isPresent() ? count.getAsLong() : null;
  }

  private static Map<String, Object> figures(NetworkSheet sheet, Function<Figures, Object> figure) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (AtSize at : sheet.sizes()) {
      at.figures().ifPresent(f -> out.put(at.size().toString(), figure.apply(f)));
    }
    return out;
  }
}
