package io.drivemark.eval.metrics.boundary;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Boundary F for each class: contours of truth and prediction match within a share of the image's
 * diagonal, F for each image, mean over the images where the class is in the truth, then over
 * classes. A contour is the pixels of a class with a pixel of another class among their eight
 * neighbours; the image's edge makes none, and pixels of void truth count for nothing in either
 * map: they are no part of a contour and make none beside them. Immutable. See Csurka et al., What
 * is a good evaluation measure for semantic segmentation?, BMVC 2013.
 *
 * @param share of the diagonal that is the tolerance, 0.0075 where nothing else is said
 */
public record BoundaryF(double share) {
  public BoundaryF {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("boundary F: the share must lie in (0, 1), got " + share);
    }
  }

  /** 0.75 % of the diagonal. */
  public static BoundaryF defaults() {
    return new BoundaryF(0.0075);
  }

  /** The tolerance in pixels for an image. */
  public double radius(int height, int width) {
    return share * Math.sqrt((double) height * height + (double) width * width);
  }

  /**
   * Matches the contours of one image.
   *
   * @return one match a class in index order; empty where the truth does not have the class
   * @throws BadInputException if the sizes or label spaces differ
   */
  public List<Optional<BoundaryMatch>> match(LabelMap truth, LabelMap prediction) {
    Grid.requireEqual("boundary F", truth, prediction);
    int height = truth.height();
    int width = truth.width();
    int classes = truth.space().size();
    boolean[] present = new boolean[256];
    for (byte label : truth.pixels()) {
      present[label & 0xFF] = true;
    }
    BitSet[] ofTruth = contours(truth, truth);
    BitSet[] ofPrediction = contours(prediction, truth);
    double radius = radius(height, width);
    List<Optional<BoundaryMatch>> out = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      out.add(
          present[c]
              ? Optional.of(BoundaryMatch.of(ofTruth[c], ofPrediction[c], height, width, radius))
              : Optional.empty());
    }
    return out;
  }

  /**
   * F by class name: the mean over the images that have the class.
   *
   * @param images what {@link #match} gave for each
   */
  public static Map<String, MetricValue> byClass(
      LabelSpace space, List<List<Optional<BoundaryMatch>>> images) {
    Map<String, MetricValue> out = new LinkedHashMap<>();
    for (int c = 0; c < space.size(); c++) {
      double sum = 0;
      int n = 0;
      for (List<Optional<BoundaryMatch>> image : images) {
        if (image.get(c).isPresent()) {
          sum += image.get(c).get().f();
          n++;
        }
      }
      out.put(
          space.classes().get(c).name(),
          n == 0
              ? MetricValue.undefined("not in the truth of any image")
              : MetricValue.of(sum / n));
    }
    return Collections.unmodifiableMap(out);
  }

  /** The contour of each class, without pixels of void truth. */
  private static BitSet[] contours(LabelMap map, LabelMap truth) {
    int height = map.height();
    int width = map.width();
    byte[] labels = map.pixels();
    byte[] judged = truth.pixels();
    BitSet[] out = new BitSet[map.space().size()];
    for (int c = 0; c < out.length; c++) {
      out[c] = new BitSet(labels.length);
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        int label = labels[i] & 0xFF;
        if (label < out.length
            && (judged[i] & 0xFF) != LabelSpace.VOID
            && besideAnother(labels, judged, height, width, y, x)) {
          out[label].set(i);
        }
      }
    }
    return out;
  }

  private static boolean besideAnother(
      byte[] labels, byte[] judged, int height, int width, int y, int x) {
    byte label = labels[y * width + x];
    for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        int other = v * width + u;
        if (labels[other] != label && (judged[other] & 0xFF) != LabelSpace.VOID) {
          return true;
        }
      }
    }
    return false;
  }
}
