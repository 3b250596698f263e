package io.drivemark.architectures.engine.pytorch;

import static io.drivemark.architectures.engine.pytorch.Site.call;

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
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.graph.op.Transpose;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one table of what each operator is in PyTorch: a kernel writes its operator as calls of ATen
 * functions. Windowed operators are in {@link WindowKernels}. Stateless.
 */
final class Kernels {
  /** Writes one operator. */
  interface Kernel<T extends Op> {
    void write(T op, Site site);
  }

  private static final int FLOAT = 6;

  /** Float32 numbers in the widest vector there is. */
  private static final int LANES = 16;

  private static final Map<Class<? extends Op>, Kernel<Op>> TABLE = table();

  private Kernels() {}

  /**
   * Writes a node.
   *
   * @throws BadInputException if the operator has no kernel; the message names node and operator
   */
  static void write(Op op, Site site) {
    Kernel<Op> kernel = TABLE.get(op.getClass());
    if (kernel == null) {
      throw new IllegalStateException("no kernel for " + op.getClass().getSimpleName());
    }
    kernel.write(op, site);
  }

  /** The operators with a kernel; one that can only be refused has one too, which refuses. */
  static Set<Class<? extends Op>> operators() {
    return TABLE.keySet();
  }

  private static Map<Class<? extends Op>, Kernel<Op>> table() {
    Map<Class<? extends Op>, Kernel<Op>> table = new HashMap<>();
    put(table, Activation.class, Kernels::activation);
    put(table, AdaptiveAveragePool.class, (op, s) -> WindowKernels.adaptivePool(s));
    put(table, AdaptiveAveragePoolLike.class, (op, s) -> WindowKernels.adaptivePool(s));
    put(table, AdaptiveAveragePoolScaled.class, (op, s) -> WindowKernels.adaptivePool(s));
    put(table, ArgMax.class, (op, s) -> s.out(call("argmax", s.in(0), op.axis(), op.keepAxis())));
    put(table, AveragePool.class, WindowKernels::averagePool);
    put(table, BatchNorm.class, Kernels::batchNorm);
    put(table, ChannelShuffle.class, Kernels::channelShuffle);
    put(table, Concat.class, (op, s) -> s.out(call("cat", inputs(s), op.axis())));
    put(table, Conv2d.class, WindowKernels::conv);
    put(table, ConvTranspose2d.class, WindowKernels::convTranspose);
    put(
        table,
        CropLike.class,
        (op, s) -> {
          Shape x = s.inShape(0);
          String rows = s.part(s.in(0), 2, x.height(), 0, s.outShape(0).height());
          s.out(s.part(rows, 3, x.width(), 0, s.outShape(0).width()));
        });
    put(
        table,
        Dropout.class,
        (op, s) ->
            s.out(
                s.training() ? call("feature_dropout", s.in(0), op.probability(), true) : s.in(0)));
    put(
        table,
        Elementwise.class,
        (op, s) ->
            s.out(
                call(
                    switch (op.kind()) {
                      case ADD -> "add";
                      case SUB -> "sub";
                      case MUL -> "mul";
                      case DIV -> "div";
                    },
                    s.in(0),
                    s.in(1))));
    put(
        table,
        Gate.class,
        (op, s) ->
            s.out(
                call(
                    "mul",
                    s.in(0),
                    call("reshape", s.in(1), new int[] {-1, s.inShape(0).channels(), 1, 1}))));
    put(table, Gather.class, (op, s) -> s.out(call("index_select", s.in(0), op.axis(), s.in(1))));
    put(
        table,
        GlobalPool.class,
        (op, s) ->
            s.out(
                call(
                    op.kind() == GlobalPool.Kind.AVERAGE ? "mean" : "amax",
                    s.in(0),
                    new int[] {2, 3},
                    true)));
    put(table, Identity.class, (op, s) -> s.out(s.in(0)));
    put(table, MatMul.class, (op, s) -> s.out(call("matmul", s.in(0), s.in(1))));
    put(table, MaxPool.class, WindowKernels::maxPool);
    put(table, MaxUnpool.class, WindowKernels::maxUnpool);
    put(table, Opaque.class, Kernels::refuse);
    put(table, PRelu.class, (op, s) -> prelu(s));
    put(
        table,
        Pad.class,
        (op, s) ->
            s.out(call("constant_pad_nd", s.in(0), reversed(op.before(), op.after()), op.value())));
    put(
        table,
        PadToMultiple.class,
        (op, s) -> {
          int down = s.outShape(0).height() - s.inShape(0).height();
          int right = s.outShape(0).width() - s.inShape(0).width();
          s.out(
              down == 0 && right == 0
                  ? s.in(0)
                  : call("constant_pad_nd", s.in(0), new int[] {0, right, 0, down}, 0.0));
        });
    put(table, ReduceMean.class, (op, s) -> s.out(call("mean", s.in(0), op.axes(), op.keepAxes())));
    put(table, Reshape.class, (op, s) -> s.out(call("reshape", s.in(0), s.outShape(0).extents())));
    put(
        table,
        Resize.class,
        (op, s) -> WindowKernels.resize(op.mode(), op.scaleH() + ", " + op.scaleW(), s));
    put(table, ResizeLike.class, (op, s) -> WindowKernels.resize(op.mode(), "None, None", s));
    put(table, ResizeScaled.class, (op, s) -> WindowKernels.resize(op.mode(), "None, None", s));
    put(table, ResizeTo.class, (op, s) -> WindowKernels.resize(op.mode(), "None, None", s));
    put(table, Slice.class, Kernels::slice);
    put(table, Softmax.class, (op, s) -> s.out(call("softmax", s.in(0), op.axis(), "None")));
    put(table, Split.class, Kernels::split);
    put(table, StopGradient.class, (op, s) -> s.out(call("detach", s.in(0))));
    put(table, Transpose.class, (op, s) -> s.out(call("permute", s.in(0), op.order())));
    return Map.copyOf(table);
  }

  private static <T extends Op> void put(
      Map<Class<? extends Op>, Kernel<Op>> table, Class<T> type, Kernel<T> kernel) {
    table.put(type, (op, site) -> kernel.write(type.cast(op), site));
  }

  /**
   * Of maps that lie in memory pixel by pixel, PyTorch normalises as many channels at once as a
   * vector has places, and fewer one by one: a learner lays these out channel by channel meanwhile.
   */
  private static void batchNorm(BatchNorm op, Site s) {
    boolean narrow =
        s.batchStatistics() && s.inShape(0).rank() == 4 && s.inShape(0).channels() < LANES;
    String x = narrow ? "torch.contiguous(" + s.in(0) + ", memory_format=0)" : s.in(0);
    String y =
        call(
            "batch_norm",
            x,
            s.in(1),
            s.in(2),
            s.in(3),
            s.in(4),
            s.batchStatistics(),
            0.1,
            op.epsilon(),
            true);
    s.out(narrow ? "torch.contiguous(" + y + ", memory_format=2)" : y);
  }

  private static void activation(Activation op, Site s) {
    String x = s.in(0);
    s.out(
        switch (op.kind()) {
          case RELU -> call("relu", x);
          case LEAKY_RELU -> call("leaky_relu", x, op.a());
          case ELU -> call("elu", x, op.a());
          case SIGMOID -> call("sigmoid", x);
          case TANH -> call("tanh", x);
          case HARD_SIGMOID -> clip(call("add", call("mul", x, op.a()), op.b()), 0.0, 1.0, s);
          case HARD_SWISH -> call("hardswish", x);
          case CLIP -> clip(x, op.a(), op.b(), s);
          case EXP -> call("exp", x);
          case SQRT -> call("sqrt", x);
          case STEP -> call("to", call("gt", x, 0), FLOAT);
        });
  }

  /**
   * The gradient of clamp goes number by number and took a third of a MobileNet's training; that of
   * hardtanh, which PyTorch's own ReLU6 has too, is 0 at both bounds where clamp's is not.
   */
  private static String clip(String x, double least, double most, Site s) {
    return call(s.training() ? "hardtanh" : "clamp", x, least, most);
  }

  /**
   * A learner computes r + w·(x − r) with r = relu(x), which is the same number for every x but an
   * infinite one: PyTorch's own operator takes three times as long, since its gradient goes number
   * by number. At 0 the gradient is w times what arrives, as PyTorch's is.
   */
  private static void prelu(Site s) {
    String x = s.in(0);
    if (!s.training()) {
      s.out(call("prelu", x, s.in(1)));
      return;
    }
    int[] slopes = new int[s.inShape(0).rank()];
    Arrays.fill(slopes, 1);
    slopes[1] = -1;
    String r = s.let(call("relu", x));
    String rest = s.let(call("sub", x, r));
    s.out(call("addcmul", r, rest, call("reshape", s.in(1), slopes)));
  }

  private static void channelShuffle(ChannelShuffle op, Site s) {
    Shape x = s.inShape(0);
    int[] split = {
      x.extent(0), op.groups(), x.channels() / op.groups(), x.height(), x.width(),
    };
    String groups = s.let(call("reshape", s.in(0), split));
    String swapped = s.let(call("transpose", groups, 1, 2));
    s.out(call("reshape", swapped, x.extents()));
  }

  private static void slice(Slice op, Site s) {
    String x = s.in(0);
    for (int i = 0; i < op.axes().size(); i++) {
      x = s.let(call("slice", x, op.axes().get(i), op.starts().get(i), op.ends().get(i), 1));
    }
    s.out(x);
  }

  private static void split(Split op, Site s) {
    int start = 0;
    for (int i = 0; i < op.sizes().size(); i++) {
      int size = op.sizes().get(i);
      s.out(i, call("slice", s.in(0), op.axis(), start, start + size, 1));
      start += size;
    }
  }

  private static void refuse(Opaque op, Site s) {
    throw new BadInputException(
        "engine pytorch cannot run node '"
            + s.node().name()
            + "': operator "
            + op.type()
            + " is not one this suite knows; run the network on engine onnxruntime");
  }

  private static List<String> inputs(Site s) {
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < s.operands(); i++) {
      inputs.add(s.in(i));
    }
    return inputs;
  }

  /** Pads as PyTorch lists them: last dimension first, before and after. */
  private static List<Integer> reversed(List<Integer> before, List<Integer> after) {
    List<Integer> pads = new ArrayList<>();
    for (int i = before.size() - 1; i >= 0; i--) {
      pads.add(before.get(i));
      pads.add(after.get(i));
    }
    return pads;
  }
}
