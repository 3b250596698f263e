package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.zoo.network.Monodepth;
import io.drivemark.datasets.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters and multiply-accumulates of the depth networks, layer by layer. */
class DepthNetworksTest {
  /** MobileNetV1's separable units: in, out, stride. */
  private static final int[][] UNITS = {
    {32, 64, 1}, {64, 128, 2}, {128, 128, 1}, {128, 256, 2}, {256, 256, 1}, {256, 512, 2},
    {512, 512, 1}, {512, 512, 1}, {512, 512, 1}, {512, 512, 1}, {512, 512, 1}, {512, 1024, 2},
    {1024, 1024, 1}
  };

  private static Network network(String name, Map<String, String> options) {
    return Architectures.build(name, options, 1, 1);
  }

  @Test
  void depthNetworksAreToldFromSegmentationNetworks() {
    assertEquals(List.of("fast-depth", "monodepth"), Architectures.names(Task.DEPTH));
    Set<String> all = new HashSet<>(Architectures.names(Task.SEGMENTATION));
    assertTrue(all.contains("enet") && !all.contains("monodepth"));
    all.addAll(Architectures.names(Task.DEPTH));
    assertEquals(new HashSet<>(Architectures.names()), all);
  }

  @Test
  void fastDepthHasTheCostOfItsLayers() {
    long parameters = 3 * 9 * 32 + 2 * 32;
    int extent = 112;
    long macs = 3L * 9 * 32 * extent * extent;
    for (int[] unit : UNITS) {
      extent /= unit[2];
      parameters += 9L * unit[0] + 2L * unit[0] + (long) unit[0] * unit[1] + 2L * unit[1];
      macs += (9L * unit[0] + (long) unit[0] * unit[1]) * extent * extent;
    }
    assertEquals(3_206_976, parameters);
    for (int in = 1024; in >= 64; in /= 2) {
      parameters += 25L * in + 2L * in + (long) in * in / 2 + in;
      macs += (25L * in + (long) in * in / 2) * extent * extent;
      extent *= 2;
    }
    parameters += 32 + 1;
    macs += 32L * extent * extent;
    assertEquals(3_960_929, parameters);
    assertEquals(736_658_944, macs);
    Network fast = network("fast-depth", Map.of());
    assertEquals(parameters, fast.parameters());
    assertEquals(macs, Cost.of(fast, 224, 224).macs());
  }

  /** The widths of the encoder's and the decoder's levels, deepest last and first. */
  @Test
  void monodepthHasTheParametersOfItsLayers() {
    int[] encoder = {32, 64, 128, 256, 512, 512, 512};
    int[] kernels = {7, 5, 3, 3, 3, 3, 3};
    int[] decoder = {512, 512, 256, 128, 64, 32, 16};
    for (int views = 0; views <= 2; views++) {
      long parameters = 0;
      int x = 3;
      for (int i = 0; i < 7; i++) {
        parameters += conv(x, encoder[i], kernels[i]) + conv(encoder[i], encoder[i], kernels[i]);
        x = encoder[i];
      }
      for (int i = 0; i < 7; i++) {
        int skip = i < 6 ? encoder[5 - i] : 0;
        int coarser = i > 3 ? views : 0;
        parameters += conv(x, decoder[i], 3) + conv(decoder[i] + skip + coarser, decoder[i], 3);
        x = decoder[i];
        parameters += i >= 3 && views > 0 ? conv(x, views, 3) : 0;
      }
      parameters += views == 0 ? conv(x, 1, 3) : 0;
      String output = List.of("depth", "disparity", "disparities").get(views);
      assertEquals(parameters, network("monodepth", Map.of("output", output)).parameters(), output);
      assertEquals(List.of(31_593_873L, 31_596_900L, 31_600_072L).get(views), parameters, output);
    }
  }

  private static long conv(int in, int out, int kernel) {
    return (long) in * out * kernel * kernel + out;
  }

  /** Half as wide, one map of metres: what first trainings of masks used at 128×256. */
  @Test
  void halfAWidthIsAQuarterOfTheCost() {
    Network half = network("monodepth", Map.of("width", "0.5", "output", "depth"));
    assertEquals(7.90, half.parameters() / 1e6, 0.005);
    assertEquals(0.968, Cost.of(half, 128, 256).macs() / 1e9, 0.0005);
  }

  @Test
  void thePublishedMasksSitOnFourteenAndSevenConvolutions() {
    List<String> sites = Monodepth.publishedMaskSites();
    assertEquals(14, sites.stream().filter(s -> s.startsWith("enc")).count());
    assertEquals(7, sites.stream().filter(s -> s.startsWith("upconv")).count());
    assertEquals(21, sites.size());
    Set<String> nodes = new HashSet<>();
    network("monodepth", Map.of("width", "0.125")).nodes().forEach(n -> nodes.add(n.name()));
    assertTrue(nodes.containsAll(sites), sites.toString());
  }

  /** The contract compares ONNX Runtime with PyTorch; this one with OpenCV. */
  @ParameterizedTest
  @ValueSource(strings = {"disparities", "depth", "fast-depth"})
  void openCvAnswersAsOnnxRuntimeDoes(String output) {
    boolean fast = output.equals("fast-depth");
    Map<String, String> options =
        fast ? Map.of("width", "0.25") : Map.of("width", "0.25", "output", output);
    Network network = Calibration.of(network(fast ? output : "monodepth", options));
    Network finest = network.withOutputs(network.outputs().subList(0, 1));
    float[] image = EngineAgreement.frame(97, 131);
    EngineAgreement.requireEqual(
        EngineAgreement.run("onnxruntime", finest, image, 97, 131).get(0),
        EngineAgreement.run("opencv", finest, image, 97, 131).get(0),
        1e-3,
        output);
  }
}
