package io.drivemark.architectures.engine.pytorch;

import static io.drivemark.architectures.engine.pytorch.Site.call;

import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import java.util.OptionalInt;

/**
 * Convolutions that a learner computes on the same numbers under another shape: maps lie in memory
 * pixel by pixel (channels last), so that a pixel's neighbours can be named anew without a copy.
 * Outputs and gradients are those of the plain form but for the order of sums, which is rounding.
 * Stateless.
 *
 * <ul>
 *   <li>1×1: the pixels of the batch as {@value #IMAGES} images or more. On one thread PyTorch
 *       leaves a 1×1 convolution of fewer images to an older kernel that takes twice as long
 *       (ConvParams::use_mkldnn in its Convolution.cpp).
 *   <li>k×1 a channel, dilated by d, which divides H: rows i, i + d, i + 2d, … are a map of their
 *       own, so [N, H, W, C] is read as [N, H/d, d·W, C] and dilated no longer; gradients of
 *       dilated ones take two to three times as long. To pad other heights first cost what it
 *       gained.
 *   <li>1×k a channel, dilated by d, which divides W: [N, H, W, C] is read as [N, H, W/d, d·C].
 * </ul>
 */
final class FoldedConv {
  /** From so many images on, PyTorch takes its fast kernel for 1×1 by itself. */
  static final int IMAGES = 16;

  private static final int[] CHANNELS_LAST = {0, 2, 3, 1};
  private static final int[] CHANNELS_FIRST = {0, 3, 1, 2};

  private final Conv2d op;
  private final Site site;
  private final Shape x;
  private final Shape kernel;

  private FoldedConv(Conv2d op, Site site) {
    this.op = op;
    this.site = site;
    this.x = site.inShape(0);
    this.kernel = site.inShape(1);
  }

  /** Writes a convolution so, or says that it has no such form. */
  static boolean write(Conv2d op, Site site) {
    if (!site.training() || !op.stride().equals(Extent.ONE)) {
      return false;
    }
    FoldedConv conv = new FoldedConv(op, site);
    return conv.pointwise() || conv.ofRows() || conv.ofColumns();
  }

  private boolean pointwise() {
    if (kernel.extent(2) != 1
        || kernel.extent(3) != 1
        || op.groups() != 1
        || !op.padding().equals(Padding.NONE)
        || x.extent(0) >= IMAGES) {
      return false;
    }
    int pixels = Math.multiplyExact(x.extent(0), x.height() * x.width());
    OptionalInt images = divisor(pixels);
    if (images.isEmpty()) {
      return false;
    }
    String folded =
        folded(site.in(0), images.getAsInt(), 1, pixels / images.getAsInt(), channels());
    String made = conv(folded, site.in(1), site.inOrNone(2), new int[] {0, 0}, op.groups());
    site.out(folded(made, x.extent(0), x.height(), x.width(), kernel.extent(0)));
    return true;
  }

  /** The smallest number of images, of as many pixels each, that the pixels are. */
  private static OptionalInt divisor(int pixels) {
    for (int images = IMAGES; images <= pixels; images++) {
      if (pixels % images == 0) {
        return OptionalInt.of(images);
      }
    }
    return OptionalInt.empty();
  }

  private boolean ofRows() {
    Padding p = op.padding();
    int d = op.dilation().h();
    if (!isLine(kernel.extent(2), kernel.extent(3), d, p.top(), p.bottom(), p.left() + p.right())
        || x.height() % d != 0) {
      return false;
    }
    int n = x.extent(0);
    String rows = folded(site.in(0), n, x.height() / d, d * x.width(), channels());
    int[] pads = {p.top() / d, 0};
    String made = conv(rows, site.in(1), site.inOrNone(2), pads, op.groups());
    site.out(folded(made, n, site.outShape(0).height(), x.width(), channels()));
    return true;
  }

  private boolean ofColumns() {
    Padding p = op.padding();
    int d = op.dilation().w();
    if (!isLine(kernel.extent(3), kernel.extent(2), d, p.left(), p.right(), p.top() + p.bottom())
        || x.width() % d != 0) {
      return false;
    }
    int n = x.extent(0);
    String columns = folded(site.in(0), n, x.height(), x.width() / d, d * channels());
    String weight = call("repeat", site.in(1), new int[] {d, 1, 1, 1});
    String bias = site.operands() > 2 ? call("repeat", site.in(2), new int[] {d}) : "None";
    String made = conv(columns, weight, bias, new int[] {0, p.left() / d}, d * op.groups());
    site.out(folded(made, n, x.height(), site.outShape(0).width(), channels()));
    return true;
  }

  /** Whether each channel has a line of weights of its own that steps over pixels. */
  private boolean isLine(int along, int across, int d, int before, int behind, int beside) {
    return along > 1
        && across == 1
        && d > 1
        && op.groups() == channels()
        && kernel.extent(0) == channels()
        && before == behind
        && before % d == 0
        && beside == 0;
  }

  private int channels() {
    return x.channels();
  }

  private String conv(String map, String weight, String bias, int[] pads, int groups) {
    int[] one = {1, 1};
    return site.let(call("conv2d", map, weight, bias, one, pads, one, groups));
  }

  /** A map as [images, channels, rows, columns], its numbers where they are. */
  private String folded(String map, int images, int rows, int columns, int channels) {
    String pixels = call("permute", map, CHANNELS_LAST);
    String anew = call("reshape", pixels, new int[] {images, rows, columns, channels});
    return site.let(call("permute", anew, CHANNELS_FIRST));
  }
}
