package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every network as it is by default, at the sizes people drive with and at an odd one: both main
 * engines compute the same, and the network is read back from ONNX as it was written. Writes {@code
 * target/agreement.tsv}: network, size, largest difference of two logits, largest logit, share of
 * pixels whose label is another.
 */
class FullSizeTest {
  /** More than this many multiply-accumulates at 360×480 and a network has a tag of its own. */
  private static final double HUGE_GMACS = 30;

  private static final List<String> HUGE =
      List.of(
          "dilation-resnet18",
          "dilation2-resnet18",
          "dilation-xception",
          "dilation2-xception",
          "segnet-basic",
          "segnet",
          "unet",
          "fcn8s",
          "skipnet-vgg16",
          "unet-vgg16",
          "dilation8",
          "dilation-vgg16",
          "dilation2-vgg16");

  private static final int[][] SIZES = {{360, 480}, {360, 640}, {512, 1024}, {353, 501}};
  private static final int CLASSES = 11;
  private static final Path TABLE = Path.of("target", "agreement.tsv");

  @TempDir Path folder;

  static Stream<String> usual() {
    return Architectures.names().stream().filter(name -> !HUGE.contains(name));
  }

  static Stream<String> huge() {
    return HUGE.stream();
  }

  @ParameterizedTest
  @MethodSource("usual")
  @Tag("slow")
  void enginesAgreeAtFullWidthAndSize(String name) throws IOException {
    assertEquals(false, check(name, folder));
  }

  @ParameterizedTest
  @MethodSource("huge")
  @Tag("huge")
  void enginesAgreeOnHugeNetworks(String name) throws IOException {
    assertEquals(true, check(name, folder));
  }

  /** Whether the network is huge. */
  private static boolean check(String name, Path folder) throws IOException {
    Network random = Architectures.build(name, Map.of(), CLASSES, 20);
    Path file = folder.resolve(name + ".onnx");
    OnnxWriter.write(random, file, 353, 501);
    assertEquals(random, OnnxReader.read(file));
    Files.delete(file);
    Network network = Calibration.of(random);
    boolean labels = Architectures.named(name).heads(Map.of()).isEmpty();
    for (int[] size : SIZES) {
      EngineAgreement found =
          labels
              ? EngineAgreement.require(network, size[0], size[1])
              : EngineAgreement.requireDepth(network, size[0], size[1]);
      String line =
          String.format(
              Locale.ROOT,
              "%s\t%dx%d\t%.2e\t%.3g\t%.5f%n",
              name,
              size[0],
              size[1],
              found.difference(),
              found.largest(),
              found.labels());
      Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    return Cost.of(network, 360, 480).macs() > HUGE_GMACS * 1e9;
  }
}
