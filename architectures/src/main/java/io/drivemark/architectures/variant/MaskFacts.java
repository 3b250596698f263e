package io.drivemark.architectures.variant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drivemark.architectures.pruning.mask.JointMasks;
import io.drivemark.architectures.pruning.mask.MaskFit;
import io.drivemark.architectures.pruning.mask.MaskSite;
import io.drivemark.architectures.pruning.mask.MaskSites;
import io.drivemark.architectures.training.EpochRecord;
import io.drivemark.architectures.training.MaskLearning;
import io.drivemark.architectures.training.MaskProgress;
import io.drivemark.architectures.training.TrainingResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a model's facts say of the masks it was made by. Stateless. */
final class MaskFacts {
  /** The fact that has the live and all masks of every site, as JSON. */
  static final String SURVIVORS = "mask-survivors";

  /** The fact that names layers of which one filter is left. */
  static final String REMOVABLE = "mask-removable";

  private MaskFacts() {}

  static Map<String, String> of(
      JointMasks masks,
      MaskLearning learning,
      MaskFit fit,
      TrainingResult result,
      MaskSites found) {
    List<BitSet> live = masks.live(fit.parameters());
    List<MaskProgress> epochs =
        result.history().stream().map(EpochRecord::masks).flatMap(Optional::stream).toList();
    Map<String, String> facts = new TreeMap<>();
    double lambda = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).lambda();
    facts.put(JointMaker.LAMBDA, String.format(Locale.ROOT, "%.4e", lambda));
    facts.put("mask-start", Float.toString(JointMasks.START));
    facts.put("mask-unit", Integer.toString(masks.sites().get(0).block()));
    facts.put("mask-layers", Integer.toString(layers(masks)));
    facts.put("mask-layers-whole", Integer.toString(found.refused().size()));
    facts.put("masks", Integer.toString(masks.masks()));
    facts.put("masks-live", Integer.toString(live.stream().mapToInt(BitSet::cardinality).sum()));
    facts.put(SURVIVORS, survivors(masks, live));
    facts.put("mask-encoder-live", share(masks, live, false));
    facts.put("mask-decoder-live", share(masks, live, true));
    facts.put(
        "mask-frozen",
        String.format(
            Locale.ROOT,
            "after epoch %d, %s, %.4f kept, %d masks moved over the edge",
            result.history().size(),
            learning.pressure() instanceof MaskLearning.Target target
                ? "at " + target
                : "at the phase's end",
            fit.kept(),
            fit.moved()));
    facts.put(
        "mask-history",
        epochs.stream()
            .map(e -> String.format(Locale.ROOT, "%.2e:%.4f:%d", e.lambda(), e.kept(), e.live()))
            .collect(Collectors.joining(" ")));
    List<String> removable = removable(masks, live);
    if (!removable.isEmpty()) {
      facts.put(REMOVABLE, String.join(", ", removable));
    }
    return facts;
  }

  private static int layers(JointMasks masks) {
    return (int) masks.sites().stream().flatMap(s -> s.layers().stream()).distinct().count();
  }

  /** {@code [["conv1","encoder",64,12], …]}: a site's name, where it is, its masks, the live. */
  private static String survivors(JointMasks masks, List<BitSet> live) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int s = 0; s < live.size(); s++) {
      MaskSite site = masks.sites().get(s);
      rows.addArray()
          .add(site.name())
          .add(site.isDecoder() ? "decoder" : "encoder")
          .add(site.masks())
          .add(live.get(s).cardinality());
    }
    return rows.toString();
  }

  private static String share(JointMasks masks, List<BitSet> live, boolean decoder) {
    int all = 0;
    int left = 0;
    for (int s = 0; s < live.size(); s++) {
      if (masks.sites().get(s).isDecoder() == decoder) {
        all += masks.sites().get(s).masks();
        left += live.get(s).cardinality();
      }
    }
    return all == 0 ? "none" : String.format(Locale.ROOT, "%.4f", (double) left / all);
  }

  /** Layers of which one filter is left: they add next to nothing, and take their time. */
  private static List<String> removable(JointMasks masks, List<BitSet> live) {
    List<String> layers = new ArrayList<>();
    for (int s = 0; s < live.size(); s++) {
      MaskSite site = masks.sites().get(s);
      int filters = live.get(s).stream().map(m -> site.unitsOf(m).size()).sum();
      if (filters == 1) {
        layers.addAll(site.layers());
      }
    }
    return layers;
  }
}
