package io.drivemark.eval.runner.record;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where and how gravely a model errs, which its mean does not say. Values are fractions; an empty
 * one is undefined, never zero. Immutable.
 *
 * @param images the mean over images and over the worst of them
 * @param boundary how well borders between classes are met
 * @param safe IoU that grave confusions pull down; absent where no severities are shipped for the
 *     classes
 * @param people regions of vulnerable road users; absent where no class is one
 * @param regions parts of the image that matter more; empty where no class can be driven on
 * @param objects instance-level IoU; absent where the dataset does not weigh its objects
 * @param worstFrames pictures of the frames with the lowest mIoU, the lowest first
 */
public record Diagnosis(
    Images images,
    Boundary boundary,
    Optional<Safe> safe,
    Optional<People> people,
    List<Region> regions,
    Optional<ObjectScores> objects,
    List<Picture> worstFrames) {

  /**
   * The per-image family.
   *
   * @param miou the mean over images
   * @param miouOfClasses the mean over classes of the mean over the images that have them
   * @param worstShare the share of images that counts as the worst
   * @param miouOfWorst the mean over the worst images
   */
  public record Images(
      OptionalDouble miou,
      OptionalDouble miouOfClasses,
      double worstShare,
      OptionalDouble miouOfWorst) {}

  /**
   * Boundary IoU.
   *
   * @param ratio of the boundary's width to the image's diagonal
   * @param miou the mean over classes
   * @param iou by class, in index order
   */
  public record Boundary(double ratio, OptionalDouble miou, List<ClassValue> iou) {
    public Boundary {
      iou = List.copyOf(iou);
    }
  }

  /** A class's value. */
  public record ClassValue(String name, OptionalDouble value) {}

  /**
   * Safe mIoU.
   *
   * @param severities the name of the severity matrix
   * @param miou over all classes, in −1..1
   * @param miouOfImportant over the important classes
   */
  public record Safe(String severities, OptionalDouble miou, OptionalDouble miouOfImportant) {}

  /**
   * Regions of vulnerable road users.
   *
   * @param regions how many there are
   * @param found how many of them are found
   * @param recall the share
   * @param low end of its 95 % interval, as if regions were independent
   * @param high end of it
   */
  public record People(
      long regions, long found, OptionalDouble recall, OptionalDouble low, OptionalDouble high) {}

  /**
   * A part of the image.
   *
   * @param name for example {@code ego-corridor}
   * @param falselyDrivable share of what is not drivable that is predicted drivable
   * @param falselyBlocked share of what is drivable that is predicted as something else
   */
  public record Region(
      String name, OptionalDouble falselyDrivable, OptionalDouble falselyBlocked) {}

  /**
   * Instance-level IoU.
   *
   * @param miou the mean over classes
   * @param classes each class that has a mean object size
   */
  public record ObjectScores(OptionalDouble miou, List<ObjectScore> classes) {
    public ObjectScores {
      classes = List.copyOf(classes);
    }
  }

  /** A class's instance-level IoU and the mean object size in pixels that it is weighed by. */
  public record ObjectScore(String name, double meanPixels, OptionalDouble iou) {}

  public Diagnosis {
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(boundary, "boundary");
    Objects.requireNonNull(safe, "safe");
    Objects.requireNonNull(people, "people");
    regions = List.copyOf(regions);
    Objects.requireNonNull(objects, "objects");
    worstFrames = List.copyOf(worstFrames);
  }
}
