package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
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
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * What every operator means, written down as plainly as possible, in double precision and without
 * any regard for speed: what engines are compared with.
 */
public final class ReferenceInterpreter {
  /** A value: a shape and its elements in row-major order. */
  private record Value(Shape shape, double[] data) {
    static Value of(Shape shape, ToDoubleFunction<int[]> element) {
      double[] data = new double[Math.toIntExact(shape.elements())];
      int[] at = new int[shape.rank()];
      for (int i = 0; i < data.length; i++) {
        data[i] = element.applyAsDouble(at);
        for (int d = at.length - 1; d >= 0 && ++at[d] == shape.extent(d); d--) {
          at[d] = 0;
        }
      }
      return new Value(shape, data);
    }

    double at(int... index) {
      int flat = 0;
      for (int d = 0; d < index.length; d++) {
        flat = flat * shape.extent(d) + index[d];
      }
      return data[flat];
    }

    /** Element of a map, or what lies outside of it. */
    double or(double outside, int n, int c, int y, int x) {
      return y < 0 || x < 0 || y >= shape.height() || x >= shape.width() ? outside : at(n, c, y, x);
    }

    /** NumPy broadcasting: missing and single dimensions repeat. */
    double broadcast(int[] index) {
      int[] own = new int[shape.rank()];
      for (int d = 0; d < own.length; d++) {
        own[d] = shape.extent(d) == 1 ? 0 : index[index.length - own.length + d];
      }
      return at(own);
    }
  }

  private ReferenceInterpreter() {}

  /** All outputs of a network for an image [1, C, height, width]. */
  public static List<float[]> run(Network network, int height, int width, float[] image) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    Map<String, Value> values = new HashMap<>();
    String input = network.inputs().get(0).name();
    values.put(input, new Value(shapes.get(input), doubles(image)));
    network.weights().forEach((name, weight) -> values.put(name, value(weight.tensor())));
    for (Node node : network.nodes()) {
      List<Value> operands = node.inputs().stream().map(values::get).toList();
      List<Value> made = apply(node.op(), operands, shapes.get(node.output()));
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

  private static Value value(Tensor tensor) {
    if (tensor.isFloat()) {
      return new Value(tensor.shape(), doubles(tensor.floats()));
    }
    double[] data = new double[tensor.longs().length];
    for (int i = 0; i < data.length; i++) {
      data[i] = tensor.longs()[i];
    }
    return new Value(tensor.shape(), data);
  }

  private static List<Value> apply(Op op, List<Value> in, Shape out) {
    Value x = in.get(0);
    if (op instanceof MaxPool pool) {
      return maxPool(pool, x, out);
    } else if (op instanceof Split split) {
      List<Value> parts = new ArrayList<>();
      int from = 0;
      for (int size : split.sizes()) {
        int start = from;
        parts.add(
            Value.of(
                x.shape().with(split.axis(), size),
                i -> x.at(moved(i, split.axis(), start, x.shape().rank()))));
        from += size;
      }
      return parts;
    }
    return List.of(one(op, in, x, out));
  }

  private static Value one(Op op, List<Value> in, Value x, Shape out) {
    if (op instanceof Conv2d o) {
      return convolution(o, in, out);
    } else if (op instanceof ConvTranspose2d o) {
      return transposed(o, in, out);
    } else if (op instanceof BatchNorm o) {
      return Value.of(
          out,
          i ->
              (x.at(i) - in.get(3).at(i[1]))
                      / Math.sqrt(in.get(4).at(i[1]) + o.epsilon())
                      * in.get(1).at(i[1])
                  + in.get(2).at(i[1]));
    } else if (op instanceof Activation o) {
      return Value.of(out, i -> activated(o, x.at(i)));
    } else if (op instanceof PRelu) {
      Value slope = in.get(1);
      return Value.of(
          out,
          i -> x.at(i) >= 0 ? x.at(i) : x.at(i) * slope.at(slope.data().length == 1 ? 0 : i[1]));
    } else if (op instanceof Gate) {
      return Value.of(out, i -> x.at(i) * in.get(1).at(i[1]));
    } else if (op instanceof Elementwise o) {
      return Value.of(
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
    } else if (op instanceof Identity || op instanceof Dropout) {
      return x;
    } else if (op instanceof AveragePool o) {
      return averagePool(o, x, out);
    } else if (op instanceof AdaptiveAveragePool
        || op instanceof AdaptiveAveragePoolLike
        || op instanceof AdaptiveAveragePoolScaled) {
      return adaptivePool(x, out);
    } else if (op instanceof GlobalPool o) {
      return Value.of(out, i -> pooled(o.kind(), x, i));
    } else if (op instanceof MaxUnpool) {
      return unpooled(x, in.get(1), out);
    } else if (op instanceof Resize o) {
      return resized(o.mode(), x, out);
    } else if (op instanceof ResizeLike o) {
      return resized(o.mode(), x, out);
    } else if (op instanceof ResizeTo o) {
      return resized(o.mode(), x, out);
    } else if (op instanceof ResizeScaled o) {
      return resized(o.mode(), x, out);
    }
    return moved(op, in, x, out);
  }

  private static Value moved(Op op, List<Value> in, Value x, Shape out) {
    if (op instanceof Concat o) {
      int axis = o.axis();
      return Value.of(
          out,
          i -> {
            int at = i[axis];
            for (Value part : in) {
              if (at < part.shape().extent(axis)) {
                int[] index = i.clone();
                index[axis] = at;
                return part.at(index);
              }
              at -= part.shape().extent(axis);
            }
            throw new IllegalStateException("beyond all parts");
          });
    } else if (op instanceof Slice o) {
      return Value.of(
          out,
          i -> {
            int[] index = i.clone();
            for (int a = 0; a < o.axes().size(); a++) {
              int axis = o.axes().get(a);
              int start = o.starts().get(a);
              index[axis] += start < 0 ? x.shape().extent(axis) + start : start;
            }
            return x.at(index);
          });
    } else if (op instanceof Pad o) {
      return Value.of(
          out,
          i -> {
            int[] index = i.clone();
            for (int d = 0; d < index.length; d++) {
              index[d] -= o.before().get(d);
              if (index[d] < 0 || index[d] >= x.shape().extent(d)) {
                return o.value();
              }
            }
            return x.at(index);
          });
    } else if (op instanceof PadToMultiple || op instanceof CropLike) {
      return Value.of(out, i -> x.or(0, i[0], i[1], i[2], i[3]));
    } else if (op instanceof ChannelShuffle o) {
      int groups = o.groups();
      int each = out.channels() / groups;
      return Value.of(out, i -> x.at(i[0], i[1] % groups * each + i[1] / groups, i[2], i[3]));
    } else if (op instanceof Reshape) {
      return new Value(out, x.data());
    } else if (op instanceof Transpose o) {
      return Value.of(
          out,
          i -> {
            int[] index = new int[i.length];
            for (int d = 0; d < i.length; d++) {
              index[o.order().get(d)] = i[d];
            }
            return x.at(index);
          });
    } else if (op instanceof Gather o) {
      return Value.of(
          out,
          i -> {
            int[] index = i.clone();
            index[o.axis()] = (int) in.get(1).at(i[o.axis()]);
            return x.at(index);
          });
    } else if (op instanceof MatMul) {
      return Value.of(
          out,
          i -> {
            double sum = 0;
            int n = i.length;
            for (int k = 0; k < x.shape().extent(-1); k++) {
              int[] left = i.clone();
              left[n - 1] = k;
              int[] right = i.clone();
              right[n - 2] = k;
              sum += x.broadcast(left) * in.get(1).broadcast(right);
            }
            return sum;
          });
    } else if (op instanceof Softmax o) {
      return Value.of(
          out, i -> Math.exp(x.at(i)) / over(x, i, o.axis()).stream().mapToDouble(Math::exp).sum());
    } else if (op instanceof ArgMax o) {
      return Value.of(
          out,
          i -> {
            List<Double> all = over(x, o.keepAxis() ? i : inserted(i, o.axis()), o.axis());
            return all.indexOf(all.stream().max(Double::compare).orElseThrow());
          });
    } else if (op instanceof ReduceMean o) {
      return mean(o, x, out);
    }
    throw new IllegalArgumentException("no reference for " + op);
  }

  private static List<Double> over(Value x, int[] index, int axis) {
    List<Double> all = new ArrayList<>();
    int[] at = index.clone();
    for (at[axis] = 0; at[axis] < x.shape().extent(axis); at[axis]++) {
      all.add(x.at(at));
    }
    return all;
  }

  private static int[] inserted(int[] index, int axis) {
    int[] at = new int[index.length + 1];
    for (int d = 0; d < index.length; d++) {
      at[d < axis ? d : d + 1] = index[d];
    }
    return at;
  }

  private static int[] moved(int[] index, int axis, int by, int rank) {
    int[] at = index.clone();
    at[axis < 0 ? rank + axis : axis] += by;
    return at;
  }

  private static Value mean(ReduceMean o, Value x, Shape out) {
    int rank = x.shape().rank();
    List<Integer> axes = o.axes().stream().map(a -> a < 0 ? rank + a : a).toList();
    double[] sums = new double[Math.toIntExact(out.elements())];
    int each = x.data().length / sums.length;
    Value.of(
        x.shape(),
        i -> {
          int flat = 0;
          for (int d = 0; d < rank; d++) {
            if (!axes.contains(d)) {
              flat = flat * x.shape().extent(d) + i[d];
            }
          }
          sums[flat] += x.at(i) / each;
          return 0;
        });
    return new Value(out, sums);
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
    };
  }

  private static Value convolution(Conv2d o, List<Value> in, Shape out) {
    Value x = in.get(0);
    Value weight = in.get(1);
    int each = weight.shape().extent(1);
    int filters = out.channels() / o.groups();
    return Value.of(
        out,
        i -> {
          double sum = in.size() > 2 ? in.get(2).at(i[1]) : 0;
          for (int c = 0; c < each; c++) {
            for (int h = 0; h < weight.shape().height(); h++) {
              for (int w = 0; w < weight.shape().width(); w++) {
                int y = i[2] * o.stride().h() + h * o.dilation().h() - o.padding().top();
                int at = i[3] * o.stride().w() + w * o.dilation().w() - o.padding().left();
                sum += weight.at(i[1], c, h, w) * x.or(0, i[0], i[1] / filters * each + c, y, at);
              }
            }
          }
          return sum;
        });
  }

  private static Value transposed(ConvTranspose2d o, List<Value> in, Shape out) {
    Value x = in.get(0);
    Value weight = in.get(1);
    int filters = weight.shape().extent(1);
    int each = x.shape().channels() / o.groups();
    double[] sums = Value.of(out, i -> in.size() > 2 ? in.get(2).at(i[1]) : 0).data();
    Value.of(
        x.shape(),
        i -> {
          for (int f = 0; f < filters; f++) {
            for (int h = 0; h < weight.shape().height(); h++) {
              for (int w = 0; w < weight.shape().width(); w++) {
                int y = i[2] * o.stride().h() + h * o.dilation().h() - o.padding().top();
                int at = i[3] * o.stride().w() + w * o.dilation().w() - o.padding().left();
                if (y >= 0 && at >= 0 && y < out.height() && at < out.width()) {
                  int channel = i[1] / each * filters + f;
                  sums[((i[0] * out.channels() + channel) * out.height() + y) * out.width() + at] +=
                      x.at(i) * weight.at(i[1], f, h, w);
                }
              }
            }
          }
          return 0;
        });
    return new Value(out, sums);
  }

  private static List<Value> maxPool(MaxPool o, Value x, Shape out) {
    double[] positions = new double[Math.toIntExact(out.elements())];
    int[] next = {0};
    Value best =
        Value.of(
            out,
            i -> {
              double max = Double.NEGATIVE_INFINITY;
              for (int h = 0; h < o.kernel().h(); h++) {
                for (int w = 0; w < o.kernel().w(); w++) {
                  int y = i[2] * o.stride().h() + h - o.padding().top();
                  int at = i[3] * o.stride().w() + w - o.padding().left();
                  double value = x.or(Double.NEGATIVE_INFINITY, i[0], i[1], y, at);
                  if (value > max) {
                    max = value;
                    positions[next[0]] = y * x.shape().width() + at;
                  }
                }
              }
              next[0]++;
              return max;
            });
    return o.indices() ? List.of(best, new Value(out, positions)) : List.of(best);
  }

  /** Positions count within a channel. */
  private static Value unpooled(Value x, Value positions, Shape out) {
    double[] data = new double[Math.toIntExact(out.elements())];
    int area = out.height() * out.width();
    int pooled = x.shape().height() * x.shape().width();
    for (int i = 0; i < x.data().length; i++) {
      data[i / pooled * area + (int) positions.data()[i]] = x.data()[i];
    }
    return new Value(out, data);
  }

  private static Value averagePool(AveragePool o, Value x, Shape out) {
    Extent kernel = o.kernel();
    Padding p = o.padding();
    int bottom = x.shape().height() + p.bottom();
    int right = x.shape().width() + p.right();
    return Value.of(
        out,
        i -> {
          double sum = 0;
          int count = 0;
          for (int h = 0; h < kernel.h(); h++) {
            for (int w = 0; w < kernel.w(); w++) {
              int y = i[2] * o.stride().h() + h - p.top();
              int at = i[3] * o.stride().w() + w - p.left();
              boolean inside =
                  y >= 0 && at >= 0 && y < x.shape().height() && at < x.shape().width();
              sum += inside ? x.at(i[0], i[1], y, at) : 0;
              count += inside || o.countPadding() && y < bottom && at < right ? 1 : 0;
            }
          }
          return sum / count;
        });
  }

  private static Value adaptivePool(Value x, Shape out) {
    int h = x.shape().height();
    int w = x.shape().width();
    return Value.of(
        out,
        i -> {
          double sum = 0;
          int count = 0;
          for (int y = i[2] * h / out.height(); y * out.height() < (i[2] + 1) * h; y++) {
            for (int at = i[3] * w / out.width(); at * out.width() < (i[3] + 1) * w; at++) {
              sum += x.at(i[0], i[1], y, at);
              count++;
            }
          }
          return sum / count;
        });
  }

  private static double pooled(GlobalPool.Kind kind, Value x, int[] i) {
    double sum = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < x.shape().height(); y++) {
      for (int at = 0; at < x.shape().width(); at++) {
        sum += x.at(i[0], i[1], y, at);
        max = Math.max(max, x.at(i[0], i[1], y, at));
      }
    }
    int area = x.shape().height() * x.shape().width();
    return kind == GlobalPool.Kind.MAX ? max : sum / area;
  }

  private static Value resized(ResizeMode mode, Value x, Shape out) {
    double[] ys = sources(mode, x.shape().height(), out.height());
    double[] xs = sources(mode, x.shape().width(), out.width());
    IntUnaryOperator below = y -> Math.min(y + 1, x.shape().height() - 1);
    IntUnaryOperator right = at -> Math.min(at + 1, x.shape().width() - 1);
    return Value.of(
        out,
        i -> {
          int y = (int) ys[i[2]];
          int at = (int) xs[i[3]];
          double fy = ys[i[2]] - y;
          double fx = xs[i[3]] - at;
          int y1 = below.applyAsInt(y);
          int x1 = right.applyAsInt(at);
          return (1 - fy) * ((1 - fx) * x.at(i[0], i[1], y, at) + fx * x.at(i[0], i[1], y, x1))
              + fy * ((1 - fx) * x.at(i[0], i[1], y1, at) + fx * x.at(i[0], i[1], y1, x1));
        });
  }

  private static double[] sources(ResizeMode mode, int from, int to) {
    double[] at = new double[to];
    for (int i = 0; i < to; i++) {
      at[i] =
          switch (mode) {
            case NEAREST -> Math.floorDiv(i * from, to);
            case BILINEAR -> Math.max(0, (i + 0.5) * from / to - 0.5);
            case BILINEAR_ALIGN_CORNERS -> to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
          };
    }
    return at;
  }
}
