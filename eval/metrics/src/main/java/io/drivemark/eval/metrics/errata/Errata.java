package io.drivemark.eval.metrics.errata;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import io.drivemark.eval.metrics.safety.LabelTree;
import io.drivemark.eval.metrics.safety.SafeMiou;
import io.drivemark.eval.metrics.safety.SeverityMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The errata that concern a run, each with both values. Stateless.
 *
 * <ul>
 *   <li>E1: IDD's level-1 scores group rows of the level-3 matrix by numbers of level 2.
 *   <li>E2: detectron2's boundary IoU erodes the map of class numbers instead of masks.
 *   <li>E3: IDD-AW's Safe mIoU forgives the gravest confusions in a refactored scorer; the original
 *       takes the first eight classes for the eight important ones.
 *   <li>E4: Cityscapes' and KITTI-360's pixel accuracy looks at ignored pixels and counts errors.
 *   <li>E5: BDD100K's mean accuracy is a mean precision.
 * </ul>
 */
public final class Errata {
  private static final int MAIN_ROWS = 8;

  private Errata() {}

  /** All that concern these pooled counts; those of IDD only over its 26 classes. */
  public static List<Erratum> of(ConfusionMatrix pooled) {
    List<Erratum> out = new ArrayList<>();
    if (pooled.space().classNames().equals(LabelTree.named("idd-level3").classes())) {
      out.addAll(iddLevel1(pooled));
      out.addAll(safeMiou(pooled));
    }
    out.add(pixelAccuracy(pooled));
    out.add(meanAccuracy(pooled));
    return List.copyOf(out);
  }

  /** E1, one for each family of level 1. */
  public static List<Erratum> iddLevel1(ConfusionMatrix pooled) {
    LabelTree tree = LabelTree.named("idd-level3");
    Map<String, MetricValue> correct = tree.familyIou(pooled);
    List<String> groups = LabelTree.distinct(tree.groups());
    List<Erratum> out = new ArrayList<>();
    for (String family : correct.keySet()) {
      // The family's numbers of groups are taken for numbers of classes.
      boolean[] taken = new boolean[tree.classes().size()];
      for (int group = 0; group < groups.size(); group++) {
        int member = tree.groups().indexOf(groups.get(group));
        taken[group] = tree.families().get(member).equals(family);
      }
      out.add(
          new Erratum(
              "E1",
              "AutoNUE evaluate_mIoU",
              "level-1 IoU " + family,
              blockIou(pooled, taken, groups.size()),
              correct.get(family),
              "the grouping of level 2 is applied to the matrix of level 3, whose classes from "
                  + groups.size()
                  + " on never enter, and void predictions are free"));
    }
    return out;
  }

  private static MetricValue blockIou(ConfusionMatrix pooled, boolean[] members, int classes) {
    long hits = 0;
    long union = 0;
    for (int t = 0; t < classes; t++) {
      for (int p = 0; p < classes; p++) {
        hits += members[t] && members[p] ? pooled.count(t, p) : 0;
        union += members[t] || members[p] ? pooled.count(t, p) : 0;
      }
    }
    return union == 0
        ? MetricValue.undefined("no pixels in these rows and columns")
        : MetricValue.of((double) hits / union);
  }

  /** E2, one for each class that either map has. */
  public static List<Erratum> boundaryIou(LabelMap truth, LabelMap prediction, int d) {
    BoundaryCounts correct = BoundaryIou.defaults().count(truth, prediction, d);
    BoundaryCounts published = ErodedLabelMap.count(truth, prediction, d);
    List<Erratum> out = new ArrayList<>();
    for (int c = 0; c < truth.space().size(); c++) {
      if (correct.iou(c).isDefined() || published.iou(c).isDefined()) {
        out.add(
            new Erratum(
                "E2",
                "detectron2 SemSegEvaluator",
                "boundary IoU " + truth.space().classes().get(c).name(),
                published.iou(c),
                correct.iou(c),
                "the map of class numbers is eroded and subtracted, which makes up classes at"
                    + " borders and takes interiors for class 0"));
      }
    }
    return out;
  }

  /** E3: the refactored scorer's mean and the original's mean of main classes. */
  public static List<Erratum> safeMiou(ConfusionMatrix pooled) {
    SafeMiou safe = new SafeMiou(SeverityMatrix.named("idd-aw"));
    return List.of(
        new Erratum(
            "E3",
            "IDD-AW kit, refactored",
            "Safe mIoU",
            new SafeMiou(SeverityMatrix.named("idd-aw-refactored")).mean(pooled),
            safe.mean(pooled),
            "the set of classes at distance 3 is never filled, so the gravest confusions cost"
                + " nothing"),
        new Erratum(
            "E3",
            "IDD-AW kit",
            "Safe mIoU of main classes",
            safe.mean(pooled, c -> c < MAIN_ROWS),
            safe.meanOfImportant(pooled),
            "the first eight rows are taken instead of the eight important classes"));
  }

  /** E4; predictions on void truth are never equal to it, void predictions always. */
  public static Erratum pixelAccuracy(ConfusionMatrix pooled) {
    long asVoid = pooled.count(pooled.classes(), pooled.classes());
    long all = pooled.voidPixels();
    return new Erratum(
        "E4",
        "Cityscapes and KITTI-360 scripts, pixel accuracy option",
        "pixel accuracy",
        all == 0
            ? MetricValue.undefined("no ignored pixels")
            : MetricValue.of((double) (all - asVoid) / all),
        Metrics.pixelAccuracy(pooled),
        "the mask of judged pixels is inverted, and the number of wrong pixels is stored as that"
            + " of right ones");
  }

  /** E5. */
  public static Erratum meanAccuracy(ConfusionMatrix pooled) {
    return new Erratum(
        "E5",
        "BDD100K and scalabel",
        "mean accuracy",
        Protocols.named("bdd100k").evaluate(List.of(pooled)).meanAccuracy(),
        Metrics.meanAccuracy(pooled),
        "hits are divided by the pixels predicted as the class, which is the precision");
  }
}
