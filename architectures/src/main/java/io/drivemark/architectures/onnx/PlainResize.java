package io.drivemark.architectures.onnx;

import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the resizing operators of ONNX, of which only three ways are ours. Immutable. */
record PlainResize(NodeView view) {
  /** Resize as one of ours, or null. */
  Op resize() {
    if (isUnusual(view.at())) {
      return null;
    }
    double[] scales = scales(view.constant(view.opset() < 11 ? 1 : 2));
    if (view.opset() >= 11 && view.constant(3).isPresent()) {
      Tensor sizes = view.constant(3).orElseThrow();
      if (sizes.isFloat() || sizes.shape().elements() != 4) {
        return null;
      }
      long[] extents = sizes.longs();
      ResizeMode mode = mode(view.at(), view.opset(), false, extents[2] > 1 && extents[3] > 1);
      if (mode == null) {
        return null;
      }
      return new ResizeTo(mode, Math.toIntExact(extents[2]), Math.toIntExact(extents[3]));
    }
    if (scales == null || view.given(3)) {
      return null;
    }
    boolean grows = scales[0] >= 1 && scales[1] >= 1;
    boolean whole = grows && isWhole(scales[0]) && isWhole(scales[1]);
    boolean every = isWhole(1 / scales[0]) && isWhole(1 / scales[1]);
    if (view.opset() < 11 && !grows && !every) {
      return null; // rounds the other way than growing does
    }
    ResizeMode mode = mode(view.at(), view.opset(), whole, grows);
    return mode == null ? null : new Resize(mode, scales[0], scales[1]);
  }

  /** Upsample, Resize's forerunner, as one of ours, or null. */
  Op upsample() {
    double[] scales =
        view.opset() < 9 ? scales(view.at().floats("scales")) : scales(view.constant(1));
    boolean nearest = view.at().text("mode", "nearest").equals("nearest");
    return scales == null || !nearest ? null : new Resize(ResizeMode.NEAREST, scales[0], scales[1]);
  }

  /** How a Resize to given sizes interpolates, or null if in none of our ways. */
  static ResizeMode mode(Attributes at, int opset) {
    return isUnusual(at) ? null : mode(at, opset, false, true);
  }

  private static boolean isUnusual(Attributes at) {
    return at.flag("antialias", false)
        || at.has("axes")
        || at.flag("exclude_outside", false)
        || !at.text("keep_aspect_ratio_policy", "stretch").equals("stretch");
  }

  /**
   * How it interpolates, or null.
   *
   * @param wholeFactors both extents grow by whole numbers
   * @param aboveOne no extent becomes 1, where PyTorch's rule is another than half pixels
   */
  private static ResizeMode mode(Attributes at, int opset, boolean wholeFactors, boolean aboveOne) {
    String how =
        at.text("coordinate_transformation_mode", opset < 11 ? "asymmetric" : "half_pixel");
    switch (at.text("mode", "nearest")) {
      case "nearest":
        String rounding = at.text("nearest_mode", opset < 11 ? "floor" : "round_prefer_floor");
        boolean floor = how.equals("asymmetric") && rounding.equals("floor");
        boolean same = how.equals("half_pixel") && rounding.startsWith("round_prefer");
        return floor || same && wholeFactors ? ResizeMode.NEAREST : null;
      case "linear":
        return switch (how) {
          case "half_pixel" -> ResizeMode.BILINEAR;
          case "pytorch_half_pixel" -> aboveOne ? ResizeMode.BILINEAR : null;
          case "align_corners" -> ResizeMode.BILINEAR_ALIGN_CORNERS;
          default -> null;
        };
      default:
        return null;
    }
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value);
  }

  private static double[] scales(Optional<Tensor> given) {
    if (given.isEmpty() || !given.get().isFloat()) {
      return null;
    }
    List<Float> all = new ArrayList<>();
    for (float value : given.get().sharedFloats()) {
      all.add(value);
    }
    return scales(all);
  }

  private static double[] scales(List<Float> all) {
    return all.size() == 4 && all.get(0) == 1 && all.get(1) == 1
        ? new double[] {Attributes.shortest(all.get(2)), Attributes.shortest(all.get(3))}
        : null;
  }
}
