package io.drivemark.eval.metrics;

import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Objects;

/**
 * The rules by which confusion counts become "the mIoU": at least a dozen are in use and differ by
 * up to half on the same prediction, so each number carries its protocol's name and digest, and
 * numbers under different protocols never share a column. {@link Protocols} has the named ones.
 * Immutable.
 *
 * @param name lower case, for example {@code "cityscapes"}
 * @param voidTruth what happens to pixels whose truth is void
 * @param foreignPrediction what happens to void or foreign predictions on valid pixels
 * @param predictedOnly the IoU of a class that is predicted but not in the truth
 * @param absent the IoU of a class that is neither
 * @param aggregation what is averaged over what
 * @param classAccuracy what the mean accuracy is the mean of
 * @param weighting what one pixel counts
 * @param rounding how the tool prints its IoUs and their mean
 * @param description one sentence for the report: whose rule this is
 */
public record Protocol(
    String name,
    VoidTruth voidTruth,
    ForeignPrediction foreignPrediction,
    AbsentClass predictedOnly,
    AbsentClass absent,
    Aggregation aggregation,
    ClassAccuracy classAccuracy,
    Weighting weighting,
    Rounding rounding,
    String description) {

  /** What happens to pixels whose truth is void. */
  public enum VoidTruth {
    /** They are not judged. */
    SKIPPED,
    /** A class predicted there counts as a false positive of that class. */
    FALSE_POSITIVE
  }

  /** What happens to predictions that are void or no class, on pixels whose truth is a class. */
  public enum ForeignPrediction {
    /** The pixel is a miss of its true class. */
    MISS,
    /** The pixel is left out, so abstaining is free. */
    DROPPED,
    /** The tool fails there, and so does {@link Protocol#evaluate}. */
    REFUSED
  }

  /** The IoU of a class that the truth does not have, and whether it enters the mean. */
  public enum AbsentClass {
    /** 0, in the mean. */
    ZERO,
    /** 0, but not in the mean. */
    ZERO_OUTSIDE_MEAN,
    /** 1, in the mean. */
    ONE,
    /** Undefined, not in the mean. */
    UNDEFINED,
    /** Undefined, and so is the mean. */
    POISONS_MEAN
  }

  /** What is averaged over what. */
  public enum Aggregation {
    /** Counts are summed over the images; then classes are averaged. */
    POOLED,
    /** Classes are averaged in each image, then images. */
    IMAGE_MEAN,
    /** Images are averaged for each class, then classes. */
    CLASS_MEAN
  }

  /** What the mean accuracy is the mean of, over the classes in the truth. */
  public enum ClassAccuracy {
    /** TP / (TP + FN). */
    RECALL,
    /** TP / (TP + FP): an error of the tool, kept so that its number can be reproduced. */
    PRECISION
  }

  /** What one pixel counts. */
  public enum Weighting {
    /** One. */
    PIXELS,
    /**
     * The annotators' confidence in it; the matrices must come from a {@link
     * ConfidenceAccumulator}, whose cells are sums of confidences.
     */
    CONFIDENCE
  }

  /** How IoUs and their mean are given; the mean is of the unrounded values. */
  public enum Rounding {
    /** As the double nearest to the exact value. */
    NONE,
    /** As a percentage of two decimals, half to even: 0.4231 stands for the printed 42.31. */
    PERCENT_OF_TWO_DECIMALS
  }

  /** Rules that count pixels and do not round. */
  public Protocol(
      String name,
      VoidTruth voidTruth,
      ForeignPrediction foreignPrediction,
      AbsentClass predictedOnly,
      AbsentClass absent,
      Aggregation aggregation,
      ClassAccuracy classAccuracy,
      String description) {
    this(
        name,
        voidTruth,
        foreignPrediction,
        predictedOnly,
        absent,
        aggregation,
        classAccuracy,
        Weighting.PIXELS,
        Rounding.NONE,
        description);
  }

  public Protocol {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(voidTruth, "voidTruth");
    Objects.requireNonNull(foreignPrediction, "foreignPrediction");
    Objects.requireNonNull(predictedOnly, "predictedOnly");
    Objects.requireNonNull(absent, "absent");
    Objects.requireNonNull(aggregation, "aggregation");
    Objects.requireNonNull(classAccuracy, "classAccuracy");
    Objects.requireNonNull(weighting, "weighting");
    Objects.requireNonNull(rounding, "rounding");
    Objects.requireNonNull(description, "description");
    if (predictedOnly == AbsentClass.ONE) {
      throw new IllegalArgumentException(
          "protocol " + name + ": a class with false positives cannot have IoU 1");
    }
  }

  /**
   * The scores of a run from the counts of its images.
   *
   * @param perImage at least one matrix, all over one label space; their order does not matter
   * @throws IllegalArgumentException if there is none or the spaces differ
   * @throws BadInputException if the protocol refuses void or foreign predictions and a pixel of
   *     valid truth has one
   */
  public Scores evaluate(List<ConfusionMatrix> perImage) {
    return new Evaluation(this, perImage).scores();
  }

  /**
   * This protocol.
   *
   * @param what what is to be scored under it, for the message
   * @throws BadInputException if it weighs pixels by a confidence, which {@code what} does not have
   */
  public Protocol requirePixels(String what) {
    if (weighting != Weighting.PIXELS) {
      throw new BadInputException(
          "protocol "
              + name
              + ": it weighs each pixel by the confidence of its label, and "
              + what
              + " has none; choose another protocol");
    }
    return this;
  }

  /** SHA-256 of the rules in canonical text, 64 hexadecimal digits; the description is no rule. */
  public String digest() {
    return Digests.of(canonical());
  }

  /** The rules as text, one {@code key=value} a line; what {@link #digest()} digests. */
  public String canonical() {
    return "drivemark-protocol/1\n"
        + ("name=" + name + "\n")
        + ("void-truth=" + voidTruth + "\n")
        + ("foreign-prediction=" + foreignPrediction + "\n")
        + ("predicted-only=" + predictedOnly + "\n")
        + ("absent=" + absent + "\n")
        + ("aggregation=" + aggregation + "\n")
        + ("class-accuracy=" + classAccuracy + "\n")
        // Rules that came later stand here only where they say something, so that stored digests
        // of the others stay.
        + (weighting == Weighting.PIXELS ? "" : "weighting=" + weighting + "\n")
        + (rounding == Rounding.NONE ? "" : "rounding=" + rounding + "\n");
  }
}
