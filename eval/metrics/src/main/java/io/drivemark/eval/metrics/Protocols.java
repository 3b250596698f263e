package io.drivemark.eval.metrics;

import io.drivemark.eval.metrics.Protocol.AbsentClass;
import io.drivemark.eval.metrics.Protocol.Aggregation;
import io.drivemark.eval.metrics.Protocol.ClassAccuracy;
import io.drivemark.eval.metrics.Protocol.ForeignPrediction;
import io.drivemark.eval.metrics.Protocol.Rounding;
import io.drivemark.eval.metrics.Protocol.VoidTruth;
import io.drivemark.eval.metrics.Protocol.Weighting;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.List;

/**
 * The protocols that have a name: how the tools of the field count, each exactly. {@link
 * #cityscapes()} is the default. Stateless.
 */
public final class Protocols {
  private Protocols() {}

  /** The Cityscapes benchmark's rule, also that of KITTI and mmsegmentation: the default. */
  public static Protocol cityscapes() {
    return new Protocol(
        "cityscapes",
        VoidTruth.SKIPPED,
        ForeignPrediction.MISS,
        AbsentClass.ZERO,
        AbsentClass.UNDEFINED,
        Aggregation.POOLED,
        ClassAccuracy.RECALL,
        "Cityscapes, KITTI, mmsegmentation: void truth skipped, void predictions are misses, classes"
            + " absent from both leave the mean, counts pooled");
  }

  private static Protocol rounded() {
    return new Protocol(
        "mmseg",
        VoidTruth.SKIPPED,
        ForeignPrediction.MISS,
        AbsentClass.ZERO,
        AbsentClass.UNDEFINED,
        Aggregation.POOLED,
        ClassAccuracy.RECALL,
        Weighting.PIXELS,
        Rounding.PERCENT_OF_TWO_DECIMALS,
        "mmsegmentation's IoUMetric: as cityscapes, in percent of two decimals; counts are exact"
            + " here, its float32 sums are so only up to 16,777,216 pixels");
  }

  private static Protocol confidenceWeighted() {
    return new Protocol(
        "kitti360",
        VoidTruth.SKIPPED,
        ForeignPrediction.MISS,
        AbsentClass.ZERO,
        AbsentClass.UNDEFINED,
        Aggregation.POOLED,
        ClassAccuracy.RECALL,
        Weighting.CONFIDENCE,
        Rounding.NONE,
        "KITTI-360: as cityscapes, each pixel counting its label's confidence");
  }

  /** All, the default first. */
  public static List<Protocol> all() {
    return List.of(
        cityscapes(),
        rounded(),
        pooled(
            "mlperf-automotive",
            ForeignPrediction.REFUSED,
            AbsentClass.ZERO,
            AbsentClass.UNDEFINED,
            ClassAccuracy.RECALL,
            "MLPerf Automotive: as cityscapes, but its tool breaks on a void prediction"),
        pooled(
            "bdd100k",
            ForeignPrediction.MISS,
            AbsentClass.ZERO_OUTSIDE_MEAN,
            AbsentClass.ZERO_OUTSIDE_MEAN,
            ClassAccuracy.PRECISION,
            "BDD100K, scalabel: only classes in the truth enter the mean; its mean accuracy is the"
                + " mean precision (erratum E5)"),
        pooled(
            "mapillary",
            ForeignPrediction.DROPPED,
            AbsentClass.ZERO,
            AbsentClass.UNDEFINED,
            ClassAccuracy.RECALL,
            "Mapillary Vistas: row and column of void are deleted, so a void prediction is free"),
        pooled(
            "nuscenes-lidarseg",
            ForeignPrediction.REFUSED,
            AbsentClass.ZERO,
            AbsentClass.UNDEFINED,
            ClassAccuracy.RECALL,
            "nuScenes lidarseg: the row of the ignored class is set to zero, and predicting it is"
                + " refused"),
        pooled(
            "omz",
            ForeignPrediction.DROPPED,
            AbsentClass.ZERO,
            AbsentClass.UNDEFINED,
            ClassAccuracy.RECALL,
            "Open Model Zoo accuracy checker: pixels with void truth or prediction are dropped"),
        pooled(
            "pytorch-enet",
            ForeignPrediction.DROPPED,
            AbsentClass.ZERO,
            AbsentClass.UNDEFINED,
            ClassAccuracy.RECALL,
            "PyTorch-ENet: row and column of the ignored class are set to zero"),
        pooled(
            "pidnet",
            ForeignPrediction.MISS,
            AbsentClass.ZERO,
            AbsentClass.ZERO,
            ClassAccuracy.RECALL,
            "PIDNet, HRNet, DDRNet, STDC: a class absent from both is 0 and in the mean"),
        pooled(
            "paddleseg",
            ForeignPrediction.MISS,
            AbsentClass.ZERO,
            AbsentClass.ONE,
            ClassAccuracy.RECALL,
            "PaddleSeg: a class absent from both is 1 and in the mean"),
        pooled(
            "idd-level3",
            ForeignPrediction.MISS,
            AbsentClass.ZERO,
            AbsentClass.POISONS_MEAN,
            ClassAccuracy.RECALL,
            "IDD (AutoNUE) level 3: a class absent from both makes the mean undefined"),
        pooled(
            "detectron2",
            ForeignPrediction.DROPPED,
            AbsentClass.UNDEFINED,
            AbsentClass.UNDEFINED,
            ClassAccuracy.RECALL,
            "detectron2: only classes in the truth enter the mean, a void prediction is free"),
        byImage(
            "image-mean",
            Aggregation.IMAGE_MEAN,
            "Image mean (one of torchmetrics', mIoU^I): classes are averaged in each image, then"
                + " images"),
        byImage(
            "class-mean-over-images",
            Aggregation.CLASS_MEAN,
            "Class mean over images (mIoU^C): images are averaged for each class, then classes"),
        confidenceWeighted(),
        pooled(
            "idd-aw",
            ForeignPrediction.REFUSED,
            AbsentClass.ZERO,
            AbsentClass.UNDEFINED,
            ClassAccuracy.RECALL,
            "IDD-AW kit: truth outside the 26 classes is dropped; a void prediction breaks its"
                + " tool"),
        pooled(
            "idd-aw-refactored",
            ForeignPrediction.REFUSED,
            AbsentClass.ZERO,
            AbsentClass.ZERO,
            ClassAccuracy.RECALL,
            "IDD-AW kit, refactored for a competition: a class absent from both is 0 and in the"
                + " mean"),
        voidIsFalsePositive(
            "tfsegmentation",
            "TFSegmentation without a class list: void is a class of its own, the last, and leaves"
                + " the mean only, so what is predicted on void truth is a false positive"),
        voidIsFalsePositive(
            "void-not-masked",
            "A defect of home-made scripts: what is predicted on void truth is a false positive"));
  }

  /** The names of all, the default first. */
  public static List<String> names() {
    return all().stream().map(Protocol::name).toList();
  }

  /**
   * The protocol with this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones and the nearest
   */
  public static Protocol named(String name) {
    return all().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "protocol: unknown name '"
                        + name
                        + "'"
                        + Nearest.hint(name, names())
                        + "; known: "
                        + String.join(", ", names())));
  }

  private static Protocol pooled(
      String name,
      ForeignPrediction foreign,
      AbsentClass predictedOnly,
      AbsentClass absent,
      ClassAccuracy accuracy,
      String description) {
    return new Protocol(
        name,
        VoidTruth.SKIPPED,
        foreign,
        predictedOnly,
        absent,
        Aggregation.POOLED,
        accuracy,
        description);
  }

  private static Protocol voidIsFalsePositive(String name, String description) {
    return new Protocol(
        name,
        VoidTruth.FALSE_POSITIVE,
        ForeignPrediction.MISS,
        AbsentClass.ZERO,
        AbsentClass.UNDEFINED,
        Aggregation.POOLED,
        ClassAccuracy.RECALL,
        description);
  }

  private static Protocol byImage(String name, Aggregation aggregation, String description) {
    return new Protocol(
        name,
        VoidTruth.SKIPPED,
        ForeignPrediction.MISS,
        AbsentClass.ZERO,
        AbsentClass.UNDEFINED,
        aggregation,
        ClassAccuracy.RECALL,
        description);
  }
}
