package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** What the operators mean that look at windows or neighbours of a map. Stateless. */
final class ReferenceWindows {
  private ReferenceWindows() {}

  static ReferenceValue convolution(Conv2d o, List<ReferenceValue> in, Shape out) {
    ReferenceValue x = in.get(0);
    ReferenceValue weight = in.get(1);
    int each = weight.shape().extent(1);
    int filters = out.channels() / o.groups();
    return ReferenceValue.of(
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

  static ReferenceValue transposed(ConvTranspose2d o, List<ReferenceValue> in, Shape out) {
    ReferenceValue x = in.get(0);
    ReferenceValue weight = in.get(1);
    int filters = weight.shape().extent(1);
    int each = x.shape().channels() / o.groups();
    double[] sums = ReferenceValue.of(out, i -> in.size() > 2 ? in.get(2).at(i[1]) : 0).data();
    ReferenceValue.of(
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
    return new ReferenceValue(out, sums);
  }

  static List<ReferenceValue> maxPool(MaxPool o, ReferenceValue x, Shape out) {
    double[] positions = new double[Math.toIntExact(out.elements())];
    int[] next = {0};
    ReferenceValue best =
        ReferenceValue.of(
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
    return o.indices() ? List.of(best, new ReferenceValue(out, positions)) : List.of(best);
  }

  /** Positions count within a channel. */
  static ReferenceValue unpooled(ReferenceValue x, ReferenceValue positions, Shape out) {
    double[] data = new double[Math.toIntExact(out.elements())];
    int area = out.height() * out.width();
    int pooled = x.shape().height() * x.shape().width();
    for (int i = 0; i < x.data().length; i++) {
      data[i / pooled * area + (int) positions.data()[i]] = x.data()[i];
    }
    return new ReferenceValue(out, data);
  }

  static ReferenceValue averagePool(AveragePool o, ReferenceValue x, Shape out) {
    Extent kernel = o.kernel();
    Padding p = o.padding();
    int bottom = x.shape().height() + p.bottom();
    int right = x.shape().width() + p.right();
    return ReferenceValue.of(
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

  static ReferenceValue adaptivePool(ReferenceValue x, Shape out) {
    int h = x.shape().height();
    int w = x.shape().width();
    return ReferenceValue.of(
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

  static double pooled(GlobalPool.Kind kind, ReferenceValue x, int[] i) {
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

  static ReferenceValue resized(ResizeMode mode, ReferenceValue x, Shape out) {
    double[] ys = sources(mode, x.shape().height(), out.height());
    double[] xs = sources(mode, x.shape().width(), out.width());
    IntUnaryOperator below = y -> Math.min(y + 1, x.shape().height() - 1);
    IntUnaryOperator right = at -> Math.min(at + 1, x.shape().width() - 1);
    return ReferenceValue.of(
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
