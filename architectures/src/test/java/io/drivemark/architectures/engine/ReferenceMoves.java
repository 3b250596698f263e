package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
import java.util.List;

/** What the operators mean that move elements or take them together over an axis. Stateless. */
final class ReferenceMoves {
  private ReferenceMoves() {}

  /** Operators that take elements to other places, or together over an axis. */
  static ReferenceValue moved(Op op, List<ReferenceValue> in, ReferenceValue x, Shape out) {
    if (op instanceof Concat o) {
      int axis = o.axis();
      return ReferenceValue.of(
          out,
          i -> {
            int at = i[axis];
            for (ReferenceValue part : in) {
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
      return ReferenceValue.of(
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
      return ReferenceValue.of(
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
      return ReferenceValue.of(out, i -> x.or(0, i[0], i[1], i[2], i[3]));
    } else if (op instanceof ChannelShuffle o) {
      int groups = o.groups();
      int each = out.channels() / groups;
      return ReferenceValue.of(
          out, i -> x.at(i[0], i[1] % groups * each + i[1] / groups, i[2], i[3]));
    } else if (op instanceof Reshape) {
      return new ReferenceValue(out, x.data());
    } else if (op instanceof Transpose o) {
      return ReferenceValue.of(
          out,
          i -> {
            int[] index = new int[i.length];
            for (int d = 0; d < i.length; d++) {
              index[o.order().get(d)] = i[d];
            }
            return x.at(index);
          });
    } else if (op instanceof Gather o) {
      return ReferenceValue.of(
          out,
          i -> {
            int[] index = i.clone();
            index[o.axis()] = (int) in.get(1).at(i[o.axis()]);
            return x.at(index);
          });
    } else if (op instanceof MatMul) {
      return ReferenceValue.of(
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
      return ReferenceValue.of(
          out, i -> Math.exp(x.at(i)) / over(x, i, o.axis()).stream().mapToDouble(Math::exp).sum());
    } else if (op instanceof ArgMax o) {
      return ReferenceValue.of(
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

  private static List<Double> over(ReferenceValue x, int[] index, int axis) {
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

  /** The index moved along an axis, which may be counted from the end. */
  static int[] moved(int[] index, int axis, int by, int rank) {
    int[] at = index.clone();
    at[axis < 0 ? rank + axis : axis] += by;
    return at;
  }

  private static ReferenceValue mean(ReduceMean o, ReferenceValue x, Shape out) {
    int rank = x.shape().rank();
    List<Integer> axes = o.axes().stream().map(a -> a < 0 ? rank + a : a).toList();
    double[] sums = new double[Math.toIntExact(out.elements())];
    int each = x.data().length / sums.length;
    ReferenceValue.of(
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
    return new ReferenceValue(out, sums);
  }
}
