package io.drivemark.architectures.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.checkpoint.PublishedWeights.Loaded;
import io.drivemark.architectures.checkpoint.PublishedWeights.Setting;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.zoo.Architectures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names as the authors of networks of the zoo publish them: facts of their model files. */
class PublishedNamesTest {
  private static final Tensor OTHER = Tensor.filled(Shape.of(4), 1);

  @TempDir Path folder;

  @Test
  void fullModelsLoadWithoutWhatOnlyTrainingNeeds() {
    assertLoads(
        "pidnet-s",
        Map.of("width", "8"),
        "all names without their prefix 'model.'; left aside: 1 loss.*, 1 num_batches_tracked, 2"
            + " seghead_d.*, 1 seghead_p.*",
        "model.",
        "model.seghead_p.bn1.weight",
        "model.seghead_d.bn1.weight",
        "model.seghead_d.conv2.bias",
        "model.seghead_d.bn1.num_batches_tracked",
        "loss.criterion.weight");
    assertLoads(
        "ddrnet-23-slim",
        Map.of("width", "8"),
        "all names without their prefix 'model.'; left aside: 1 loss.*, 1 seghead_extra.*",
        "model.",
        "model.seghead_extra.conv1.weight",
        "loss.criterion.weight");
    assertLoads(
        "erfnet",
        Map.of(),
        "all names without their prefix 'module.'; left aside: 2 encoder.output_conv.*",
        "module.",
        "module.encoder.output_conv.weight",
        "module.encoder.output_conv.bias");
  }

  private void assertLoads(
      String name, Map<String, String> options, String note, String prefix, String... more) {
    Network network = Architectures.build(name, options, 5, 7);
    Saved saved = new Saved().tensors(prefix, learned(network));
    for (String extra : more) {
      saved.tensor(extra, OTHER);
    }
    Path file = saved.zip(folder.resolve(name + ".pth"));
    Loaded loaded =
        PublishedWeights.open(file, WeightNames.NONE, NameMap.of(name))
            .into(Architectures.build(name, options, 5, 8), new Setting(name, options, 5));
    assertEquals(network, loaded.network());
    assertEquals(Optional.of(file + ": " + note), loaded.note());
  }

  private static Map<String, Tensor> learned(Network network) {
    Map<String, Tensor> learned = new LinkedHashMap<>();
    for (Weight weight : network.weights().values()) {
      if (weight.role() != Weight.Role.CONSTANT) {
        learned.put(weight.name(), weight.tensor());
      }
    }
    return learned;
  }

  @Test
  void everyNameOfBisenetv2IsAWeightHere() {
    for (boolean auxiliary : new boolean[] {false, true}) {
      Map<String, String> options = Map.of("heads", auxiliary ? "auxiliary" : "main");
      Network network = Architectures.build("bisenetv2", options, 19, 1);
      NameMap names = NameMap.of("bisenetv2");
      List<String> here = new ArrayList<>();
      bisenetv2(auxiliary).forEach(name -> here.add(names.rename(name)));
      assertEquals(
          String.join("\n", new TreeSet<>(learned(network).keySet())),
          String.join("\n", here.stream().sorted().toList()));
    }
  }

  /** The names in CoinCheung/BiSeNet's state dict, but its counters. */
  private static List<String> bisenetv2(boolean auxiliary) {
    List<String> all = new ArrayList<>();
    for (String part : List.of("1.0", "1.1", "2.0", "2.1", "2.2", "3.0", "3.1", "3.2")) {
      block(all, "detail.S" + part);
    }
    for (String part : List.of("conv", "left.0", "left.1", "fuse")) {
      block(all, "segment.S1S2." + part);
    }
    for (String part : List.of("S3.0", "S4.0", "S5_4.0")) {
      String name = "segment." + part;
      block(all, name + ".conv1");
      pairs(all, name + ".dwconv1", 1);
      pairs(all, name + ".dwconv2", 1);
      pairs(all, name + ".conv2", 1);
      pairs(all, name + ".shortcut", 2);
    }
    for (String part : List.of("S3.1", "S4.1", "S5_4.1", "S5_4.2", "S5_4.3")) {
      String name = "segment." + part;
      block(all, name + ".conv1");
      pairs(all, name + ".dwconv", 1);
      pairs(all, name + ".conv2", 1);
    }
    norm(all, "segment.S5_5.bn");
    block(all, "segment.S5_5.conv_gap");
    block(all, "segment.S5_5.conv_last");
    for (String part : List.of("left1", "left2", "right1", "right2", "conv")) {
      pairs(all, "bga." + part, 1);
    }
    all.add("bga.left1.2.weight");
    all.add("bga.right2.2.weight");
    block(all, "head.conv");
    all.add("head.conv_out.1.weight");
    all.add("head.conv_out.1.bias");
    for (String part : auxiliary ? List.of("aux2", "aux3", "aux4", "aux5_4") : List.<String>of()) {
      block(all, part + ".conv");
      block(all, part + ".conv_out.0.1");
      all.add(part + ".conv_out.1.weight");
      all.add(part + ".conv_out.1.bias");
    }
    return all;
  }

  /** A convolution and its normalisation by their names. */
  private static void block(List<String> all, String name) {
    all.add(name + ".conv.weight");
    norm(all, name + ".bn");
  }

  /** Convolutions and normalisations in turn, numbered. */
  private static void pairs(List<String> all, String name, int count) {
    for (int i = 0; i < count; i++) {
      all.add(name + "." + 2 * i + ".weight");
      norm(all, name + "." + (2 * i + 1));
    }
  }

  private static void norm(List<String> all, String name) {
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      all.add(name + "." + part);
    }
  }
}
