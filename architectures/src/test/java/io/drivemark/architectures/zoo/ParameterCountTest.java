package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Network;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Learned values of every network: what is built, the sum over the published layer table ({@link
 * LayerTables}), the number that sum comes to, and the source's own figure in millions, rounded as
 * there.
 *
 * <p>Papers' figures of EDANet, ERFNet, Fast-SCNN, LinkNet and DDRNet agree with those that
 * zh320/realtime-semantic-segmentation-pytorch lists as the papers'; CGNet's stands in its abstract
 * as "less than 0.5 M"; PIDNet's was found in a secondary table alone.
 */
class ParameterCountTest {
  /**
   * One row of the table.
   *
   * @param classes outputs that the source counts with
   * @param parameters exactly
   * @param published in millions, with half the last digit's place as its tolerance
   * @param source of the published figure, or why there is none
   */
  record Row(
      String architecture,
      int classes,
      IntToLongFunction table,
      long parameters,
      double published,
      double tolerance,
      String source) {
    @Override
    public String toString() {
      return architecture + ", " + source;
    }
  }

  static Stream<Row> networks() {
    return Stream.of(
        row("unet", 11, LayerTables::unet, 31_032_395, "arXiv 1505.04597 gives none"),
        row(
            "segnet",
            11,
            LayerTables::segnet,
            29_449_355,
            29.46,
            0.02,
            "arXiv 1606.02147, table 3"),
        row("dilated-fcn16s", 11, LayerTables::dilatedFcn16s, 3_664_118, "our own design"),
        row("xception-seg", 11, LayerTables::xceptionSeg, 20_875_185, "our own design"),
        row("linknet", 20, LayerTables::linknet, 11_535_764, 11.5, 0.05, "arXiv 1707.03718"),
        row("erfnet", 20, LayerTables::erfnet, 2_064_256, 2.1, 0.05, "T-ITS 2017.2750080"),
        // 0.68 M in the paper, which cuts off instead of rounding
        row("edanet", 19, LayerTables::edanet, 689_485, 0.685, 0.005, "arXiv 1809.06323"),
        row("cgnet", 19, LayerTables::cgnet, 496_306, 0.5, 0.05, "arXiv 1811.08201"),
        // 1.11 M in the paper, which its own table does not add up to; this is the code's number
        row("fast-scnn", 19, LayerTables::fastScnn, 1_138_051, 1.14, 0.005, "Fast-SCNN-pytorch"),
        row("bisenetv2", 19, LayerTables::bisenetV2, 3_358_627, "arXiv 2004.02147 gives none"),
        row("ddrnet-23-slim", 19, LayerTables::ddrnet23Slim, 5_695_987, 5.7, 0.05, "2101.06085"),
        row("pidnet-s", 19, LayerTables::pidnetS, 7_625_715, 7.6, 0.05, "arXiv 2206.02066"),
        row(
            "deeplabv3plus-mobilenetv2",
            19,
            LayerTables::deeplabV3plus,
            5_815_539,
            "arXiv 1802.02611 gives none"));
  }

  /** 134 M each: half a gigabyte of weights. */
  static Stream<Row> hugeNetworks() {
    return Stream.of(
        row("fcn8s", 11, LayerTables::fcn8s, 134_348_929, 134, 0.5, "arXiv 1411.4038, table 1"),
        row("dilation8", 11, LayerTables::dilation8, 134_313_443, "arXiv 1511.07122 gives none"));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void networkHasTheParametersOfItsLayerTable(Row row) {
    Network network = Architectures.build(row.architecture(), Map.of(), row.classes(), 1);
    assertEquals(row.parameters(), network.parameters());
    assertEquals(row.parameters(), row.table().applyAsLong(row.classes()));
    assertEquals(row.published(), row.parameters() / 1e6, row.tolerance());
  }

  @ParameterizedTest
  @MethodSource("hugeNetworks")
  @Tag("slow")
  void hugeNetworkHasTheParametersOfItsLayerTable(Row row) {
    networkHasTheParametersOfItsLayerTable(row);
  }

  @Test
  void auxiliaryHeadsComeOnTop() {
    Map<String, String> heads = Map.of("heads", "auxiliary");
    assertEquals(
        LayerTables.ddrnet23Slim(19) + LayerTables.head(64, 64, 19),
        Architectures.build("ddrnet-23-slim", heads, 19, 1).parameters());
    assertEquals(
        LayerTables.pidnetS(19) + LayerTables.head(64, 128, 19),
        Architectures.build("pidnet-s", heads, 19, 1).parameters());
    assertEquals(5, Architectures.build("bisenetv2", heads, 19, 1).outputs().size());
  }

  private static Row row(
      String architecture,
      int classes,
      IntToLongFunction table,
      long parameters,
      double published,
      double tolerance,
      String source) {
    return new Row(architecture, classes, table, parameters, published, tolerance, source);
  }

  /** Where the source has no figure the sum stands alone. */
  private static Row row(
      String architecture, int classes, IntToLongFunction table, long parameters, String source) {
    return row(architecture, classes, table, parameters, parameters / 1e6, 0, source);
  }
}
