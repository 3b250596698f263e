package io.drivemark.datasets;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a dataset says of its labels that metrics go by, besides the classes themselves. Immutable;
 * start with {@link #NONE} and refine.
 *
 * @param meanInstancePixels mean size of one object in pixels by class name, where published
 *     (Cityscapes' instance-level IoU needs it); sorted
 * @param unscoredObjects objects without a class of their own that count in the instance-level IoU
 *     of their category
 * @param unscoredClasses names of classes that are labelled but not scored, so that they are void,
 *     where groups of classes are scored only as a whole (Mapillary Vistas)
 * @param drivableClasses names of the classes that can be driven on, for errors that take an
 *     obstacle for road; empty where the dataset does not say
 * @param hasConfidence whether {@link Frame#confidence} has something for any frame
 * @param predictionsMayHaveSuffix whether a prediction of frame {@code ID} may be called {@code
 *     ID_anything.png} besides {@code ID.png}, as Cityscapes' own tools allow
 */
public record LabelFacts(
    Map<String, Double> meanInstancePixels,
    List<UnscoredObject> unscoredObjects,
    List<String> unscoredClasses,
    List<String> drivableClasses,
    boolean hasConfidence,
    boolean predictionsMayHaveSuffix) {
  /** Of a dataset that says nothing of all this. */
  public static final LabelFacts NONE =
      new LabelFacts(Map.of(), List.of(), List.of(), List.of(), false, false);

  public LabelFacts {
    meanInstancePixels = Collections.unmodifiableSortedMap(new TreeMap<>(meanInstancePixels));
    unscoredObjects = List.copyOf(unscoredObjects);
    unscoredClasses = List.copyOf(unscoredClasses);
    drivableClasses = List.copyOf(drivableClasses);
  }

  /** The same with other drivable classes. */
  public LabelFacts withDrivable(List<String> classes) {
    return new LabelFacts(
        meanInstancePixels,
        unscoredObjects,
        unscoredClasses,
        classes,
        hasConfidence,
        predictionsMayHaveSuffix);
  }

  /** The same with or without confidences of labels. */
  public LabelFacts withConfidence(boolean confidence) {
    return new LabelFacts(
        meanInstancePixels,
        unscoredObjects,
        unscoredClasses,
        drivableClasses,
        confidence,
        predictionsMayHaveSuffix);
  }

  /** The same with or without suffixes of predictions' names. */
  public LabelFacts withSuffixes(boolean suffixes) {
    return new LabelFacts(
        meanInstancePixels,
        unscoredObjects,
        unscoredClasses,
        drivableClasses,
        hasConfidence,
        suffixes);
  }
}
