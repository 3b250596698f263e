package io.drivemark.architectures.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.ScaledExtent;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stored digests are made of these texts: a line may be added, none may change. */
@Tag("text")
class CanonicalTextTest {
  private static Map<Op, String> golden() {
    Extent two = Extent.square(2);
    Extent oneThree = new Extent(1, 3);
    Padding padding = new Padding(1, 2, 3, 4);
    Map<Op, String> all = new LinkedHashMap<>();
    all.put(new Activation(Activation.Kind.CLIP, 0, 6.5), "Activation[kind=CLIP, a=0.0, b=6.5]");
    all.put(new AdaptiveAveragePool(3, 4), "AdaptiveAveragePool[height=3, width=4]");
    all.put(new AdaptiveAveragePoolLike(), "AdaptiveAveragePoolLike[]");
    all.put(
        new AdaptiveAveragePoolScaled(new ScaledExtent(0.1, 5)),
        "AdaptiveAveragePoolScaled[size=ScaledExtent[factor=0.1, least=5]]");
    all.put(new ArgMax(1, true), "ArgMax[axis=1, keepAxis=true]");
    all.put(
        new AveragePool(oneThree, two, padding, false, true),
        "AveragePool[kernel=Extent[h=1, w=3], stride=Extent[h=2, w=2], padding=Padding[top=1,"
            + " left=2, bottom=3, right=4], ceil=false, countPadding=true]");
    all.put(new BatchNorm(1e-5), "BatchNorm[epsilon=1.0E-5]");
    all.put(new ChannelShuffle(3), "ChannelShuffle[groups=3]");
    all.put(new Concat(1), "Concat[axis=1]");
    all.put(
        new Conv2d(two, padding, oneThree, 4),
        "Conv2d[stride=Extent[h=2, w=2], padding=Padding[top=1, left=2, bottom=3, right=4],"
            + " dilation=Extent[h=1, w=3], groups=4]");
    all.put(
        new ConvTranspose2d(two, padding, oneThree, two, 1),
        "ConvTranspose2d[stride=Extent[h=2, w=2], padding=Padding[top=1, left=2, bottom=3,"
            + " right=4], outputPadding=Extent[h=1, w=3], dilation=Extent[h=2, w=2], groups=1]");
    all.put(new CropLike(), "CropLike[]");
    all.put(new Dropout(0.3), "Dropout[probability=0.3]");
    all.put(new Elementwise(Elementwise.Kind.MUL), "Elementwise[kind=MUL]");
    all.put(new Gate(), "Gate[]");
    all.put(new Gather(0), "Gather[axis=0]");
    all.put(new GlobalPool(GlobalPool.Kind.AVERAGE), "GlobalPool[kind=AVERAGE]");
    all.put(new Identity(), "Identity[]");
    all.put(new MatMul(), "MatMul[]");
    all.put(
        new MaxPool(two, oneThree, padding, true, false),
        "MaxPool[kernel=Extent[h=2, w=2], stride=Extent[h=1, w=3], padding=Padding[top=1, left=2,"
            + " bottom=3, right=4], ceil=true, indices=false]");
    all.put(
        new MaxUnpool(two, oneThree),
        "MaxUnpool[kernel=Extent[h=2, w=2], stride=Extent[h=1, w=3]]");
    all.put(
        new Opaque("Einsum", "", "CAE=", 2),
        "Opaque[type=Einsum, domain=, serializedNode=CAE=, outputs=2]");
    all.put(new PRelu(), "PRelu[]");
    all.put(
        new Pad(List.of(0, 1), List.of(2, 3), -1), "Pad[before=[0, 1], after=[2, 3], value=-1.0]");
    all.put(new PadToMultiple(32), "PadToMultiple[multiple=32]");
    all.put(new ReduceMean(List.of(2, 3), true), "ReduceMean[axes=[2, 3], keepAxes=true]");
    all.put(new Reshape(List.of(0, -1)), "Reshape[extents=[0, -1]]");
    all.put(
        new Resize(ResizeMode.NEAREST, 2, 0.125), "Resize[mode=NEAREST, scaleH=2.0, scaleW=0.125]");
    all.put(
        new ResizeLike(ResizeMode.BILINEAR_ALIGN_CORNERS),
        "ResizeLike[mode=BILINEAR_ALIGN_CORNERS]");
    all.put(
        new ResizeScaled(ResizeMode.BILINEAR, new ScaledExtent(1.0 / 3, 1)),
        "ResizeScaled[mode=BILINEAR, size=ScaledExtent[factor=0.3333333333333333, least=1]]");
    all.put(
        new ResizeTo(ResizeMode.BILINEAR, 360, 480),
        "ResizeTo[mode=BILINEAR, height=360, width=480]");
    all.put(new Slice(List.of(1), List.of(0), List.of(5)), "Slice[axes=[1], starts=[0], ends=[5]]");
    all.put(new Softmax(1), "Softmax[axis=1]");
    all.put(new Split(1, List.of(3, 4)), "Split[axis=1, sizes=[3, 4]]");
    all.put(new StopGradient(), "StopGradient[]");
    all.put(new Transpose(List.of(0, 2, 3, 1)), "Transpose[order=[0, 2, 3, 1]]");
    return all;
  }

  @Test
  void everyOperatorKeepsItsText() {
    golden().forEach((op, text) -> assertEquals(text, CanonicalText.of(op)));
  }

  @Test
  void everyOperatorHasALineHere() {
    Set<Class<?>> here = new LinkedHashSet<>();
    golden().keySet().forEach(op -> here.add(op.getClass()));
    assertEquals(Set.of(Op.class.getPermittedSubclasses()), here);
  }

  @Test
  void whatStandsAroundOperatorsKeepsItsText() {
    assertEquals(
        "Node[name=a, op=Gate[], inputs=[x, y], outputs=[z]]",
        CanonicalText.of(new Node("a", new Gate(), List.of("x", "y"), List.of("z"))));
    assertEquals(
        "NetworkInput[name=image, shape=[1, 3, ?, ?]]",
        CanonicalText.of(new NetworkInput("image", Shape.of(1, 3, -1, -1))));
    assertEquals("[?]", CanonicalText.of(Shape.unknown()));
    assertEquals("[]", CanonicalText.of(Shape.of()));
    assertEquals("float32[2, 1]", CanonicalText.of(Tensor.filled(Shape.of(2, 1), 0)));
    assertEquals("int64[2]", CanonicalText.of(Tensor.ofLongs(1, 2)));
    assertEquals("{a=1, b=}", CanonicalText.of(new TreeMap<>(Map.of("b", "", "a", "1"))));
  }
}
