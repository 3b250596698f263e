package io.drivemark.architectures.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceptiveFieldTest {
  private final NetworkBuilder b = new NetworkBuilder("net", 1);
  private final String image = b.input("image", 3);

  private ReceptiveField field(String output) {
    return ReceptiveField.of(b.build(output), 32, 48);
  }

  @Test
  void strideSpreadsWhatComesAfterIt() {
    String x = b.conv("a", image, 4, 3).stride(2).padding(1).build();
    x = b.conv("b", x, 4, 3).padding(1).build();
    assertEquals(new ReceptiveField(7, 7, false), field(x));
  }

  @Test
  void axesAreCountedApartAndDilationSpreads() {
    String x = b.conv("a", image, 4, new Extent(3, 1)).dilation(new Extent(4, 1)).same().build();
    x = b.conv("b", x, 4, new Extent(1, 5)).same().build();
    assertEquals(new ReceptiveField(9, 5, false), field(x));
  }

  @Test
  void pathThatSeesMostCounts() {
    String near = b.conv("near", image, 4, 1).build();
    String far = b.conv("far", image, 4, 3).dilation(6).same().build();
    assertEquals(new ReceptiveField(13, 13, false), field(b.sum("sum", near, far)));
  }

  /** As networks with channels last do it: [N, C, H, W] to [N, H, W, C], and perhaps back. */
  @Test
  void rowsAndColumnsKeepWhatTheySeeWhereDimensionsAreReordered() {
    String x = b.conv("a", image, 4, new Extent(3, 5)).same().build();
    String last = b.add("last", new Transpose(List.of(0, 2, 3, 1)), x);
    assertEquals(new ReceptiveField(3, 5, false), field(last));
    assertEquals(new ReceptiveField(3, 5, false), field(b.add("best", new ArgMax(3, false), last)));
    assertEquals(new ReceptiveField(3, 5, false), field(b.add("soft", new Softmax(-1), last)));
    assertTrue(field(b.add("columns", new ArgMax(2, true), last)).whole());
    assertTrue(field(b.add("soft rows", new Softmax(1), last)).whole());
    assertTrue(field(b.add("no map", new GlobalPool(GlobalPool.Kind.MAX), last)).whole());
    String turned = b.add("turned", new Transpose(List.of(0, 1, 3, 2)), x);
    assertTrue(field(b.conv("across", turned, 4, 3).same().build()).whole());
    String back = b.add("back", new Transpose(List.of(0, 3, 1, 2)), last);
    x = b.conv("b", back, 4, 3).same().build();
    assertEquals(new ReceptiveField(5, 7, false), field(x));
  }

  @Test
  void unknownOperatorsSeeAllUnlessTheyReadEveryValueByItself() {
    String x = b.conv("a", image, 4, 3).same().build();
    assertEquals(
        new ReceptiveField(3, 3, false), field(b.add("erf", new Opaque("Erf", "", "", 1), x)));
    Opaque normalising = new Opaque("InstanceNormalization", "", "", 1);
    assertTrue(field(b.add("normalised", normalising, x)).whole());
    assertTrue(field(b.add("theirs", new Opaque("Erf", "other", "", 1), x)).whole());
  }

  /** Behind a halving a jump is 2 pixels: two taps add one jump, one tap none. */
  @Test
  void waysUpAddTheTapsTheyRead() {
    String x = b.conv("down", image, 4, 3).stride(2).padding(1).build();
    assertEquals(3, field(b.convTranspose("two", x, 4, 2).stride(2).build()).height());
    assertEquals(5, field(b.convTranspose("four", x, 4, 4).stride(2).padding(1).build()).height());
    assertEquals(5, field(b.add("linear", new ResizeLike(ResizeMode.BILINEAR), x, image)).height());
    assertEquals(3, field(b.add("nearest", new ResizeLike(ResizeMode.NEAREST), x, image)).height());
  }

  @Test
  void unpoolingUndoesThePoolsJump() {
    List<String> pooled =
        b.addAll(
            "pool",
            new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true),
            List.of(image),
            List.of("pool", "indices"));
    MaxUnpool unpool = new MaxUnpool(Extent.square(2), Extent.square(2));
    String x = b.add("unpool", unpool, pooled.get(0), pooled.get(1));
    assertEquals(2 + 2, field(b.conv("after", x, 4, 3).padding(1).build()).height());
  }

  @Test
  void meanOfTheWholeMapSeesTheWholeImage() {
    String mean = b.add("mean", new GlobalPool(GlobalPool.Kind.AVERAGE), image);
    assertEquals(new ReceptiveField(1, 1, true), field(b.sum("sum", image, mean)));
  }

  /** 32 rows to 3 cells: rows 0–10, 10–21, 21–31, the middle one of 12. */
  @Test
  void adaptivePoolCountsItsLongestCell() {
    String pooled = b.add("pool", new AdaptiveAveragePool(3, 3), image);
    assertEquals(new ReceptiveField(12, 16, false), field(pooled));
  }

  @Test
  void outputThatDependsOnNoInputIsRefused() {
    String constant = b.constant("c", Tensor.filled(Shape.of(1, 3, 2, 2), 1));
    Network network = b.build(b.relu("relu", constant));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ReceptiveField.of(network, 8, 8));
    assertEquals("network net: output relu depends on no input", e.getMessage());
  }
}
