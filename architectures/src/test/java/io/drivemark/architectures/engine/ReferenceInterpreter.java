package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.StopGradient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every operator means, written down as plainly as possible, in double precision and without
 * any regard for speed: what engines are compared with.
 */
public final class ReferenceInterpreter {
  private ReferenceInterpreter() {}

  /** All outputs of a network for an image [1, C, height, width]. */
  public static List<float[]> run(Network network, int height, int width, float[] image) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    Map<String, ReferenceValue> values = new HashMap<>();
    String input = network.inputs().get(0).name();
    values.put(input, new ReferenceValue(shapes.get(input), doubles(image)));
    network.weights().forEach((name, weight) -> values.put(name, value(weight.tensor())));
    for (Node node : network.nodes()) {
      List<ReferenceValue> operands = node.inputs().stream().map(values::get).toList();
      List<ReferenceValue> made = apply(node.op(), operands, shapes.get(node.output()));
      for (int i = 0; i < made.size(); i++) {
        values.put(node.outputs().get(i), made.get(i));
      }
    }
    List<float[]> results = new ArrayList<>();
    for (String output : network.outputs()) {
      double[] data = values.get(output).data();
      float[] floats = new float[data.length];
      for (int i = 0; i < data.length; i++) {
        floats[i] = (float) data[i];
      }
      results.add(floats);
    }
    return results;
  }

  private static double[] doubles(float[] floats) {
    double[] data = new double[floats.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = floats[i];
    }
    return data;
  }

  private static ReferenceValue value(Tensor tensor) {
    if (tensor.isFloat()) {
      return new ReferenceValue(tensor.shape(), doubles(tensor.floats()));
    }
    double[] data = new double[tensor.longs().length];
    for (int i = 0; i < data.length; i++) {
      data[i] = tensor.longs()[i];
    }
    return new ReferenceValue(tensor.shape(), data);
  }

  private static List<ReferenceValue> apply(Op op, List<ReferenceValue> in, Shape out) {
    ReferenceValue x = in.get(0);
    if (op instanceof MaxPool pool) {
      return ReferenceWindows.maxPool(pool, x, out);
    } else if (op instanceof Split split) {
      List<ReferenceValue> parts = new ArrayList<>();
      int from = 0;
      for (int size : split.sizes()) {
        int start = from;
        parts.add(
            ReferenceValue.of(
                x.shape().with(split.axis(), size),
                i -> x.at(ReferenceMoves.moved(i, split.axis(), start, x.shape().rank()))));
        from += size;
      }
      return parts;
    }
    return List.of(one(op, in, x, out));
  }

  private static ReferenceValue one(Op op, List<ReferenceValue> in, ReferenceValue x, Shape out) {
    if (op instanceof Conv2d o) {
      return ReferenceWindows.convolution(o, in, out);
    } else if (op instanceof ConvTranspose2d o) {
      return ReferenceWindows.transposed(o, in, out);
    } else if (op instanceof BatchNorm o) {
      return ReferenceValue.of(
          out,
          i ->
              (x.at(i) - in.get(3).at(i[1]))
                      / Math.sqrt(in.get(4).at(i[1]) + o.epsilon())
                      * in.get(1).at(i[1])
                  + in.get(2).at(i[1]));
    } else if (op instanceof Activation o) {
      return ReferenceValue.of(out, i -> activated(o, x.at(i)));
    } else if (op instanceof PRelu) {
      ReferenceValue slope = in.get(1);
      return ReferenceValue.of(
          out,
          i -> x.at(i) >= 0 ? x.at(i) : x.at(i) * slope.at(slope.data().length == 1 ? 0 : i[1]));
    } else if (op instanceof Gate) {
      ReferenceValue mask = in.get(1);
      boolean each = mask.shape().rank() == 4;
      return ReferenceValue.of(
          out, i -> x.at(i) * (each ? mask.at(i[0], i[1], 0, 0) : mask.at(i[1])));
    } else if (op instanceof Elementwise o) {
      return ReferenceValue.of(
          out,
          i -> {
            double a = x.broadcast(i);
            double b = in.get(1).broadcast(i);
            return switch (o.kind()) {
              case ADD -> a + b;
              case SUB -> a - b;
              case MUL -> a * b;
              case DIV -> a / b;
            };
          });
    } else if (op instanceof Identity || op instanceof Dropout || op instanceof StopGradient) {
      return x;
    } else if (op instanceof AveragePool o) {
      return ReferenceWindows.averagePool(o, x, out);
    } else if (op instanceof AdaptiveAveragePool
        || op instanceof AdaptiveAveragePoolLike
        || op instanceof AdaptiveAveragePoolScaled) {
      return ReferenceWindows.adaptivePool(x, out);
    } else if (op instanceof GlobalPool o) {
      return ReferenceValue.of(out, i -> ReferenceWindows.pooled(o.kind(), x, i));
    } else if (op instanceof MaxUnpool) {
      return ReferenceWindows.unpooled(x, in.get(1), out);
    } else if (op instanceof Resize o) {
      return ReferenceWindows.resized(o.mode(), x, out);
    } else if (op instanceof ResizeLike o) {
      return ReferenceWindows.resized(o.mode(), x, out);
    } else if (op instanceof ResizeTo o) {
      return ReferenceWindows.resized(o.mode(), x, out);
    } else if (op instanceof ResizeScaled o) {
      return ReferenceWindows.resized(o.mode(), x, out);
    }
    return ReferenceMoves.moved(op, in, x, out);
  }

  private static double activated(Activation o, double x) {
    return switch (o.kind()) {
      case RELU -> Math.max(0, x);
      case LEAKY_RELU -> x >= 0 ? x : o.a() * x;
      case ELU -> x >= 0 ? x : o.a() * Math.expm1(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case HARD_SIGMOID -> Math.max(0, Math.min(1, o.a() * x + o.b()));
      case HARD_SWISH -> x * Math.max(0, Math.min(1, x / 6 + 0.5));
      case CLIP -> Math.max(o.a(), Math.min(o.b(), x));
      case EXP -> Math.exp(x);
      case SQRT -> Math.sqrt(x);
      case STEP -> x > 0 ? 1 : 0;
    };
  }
}
