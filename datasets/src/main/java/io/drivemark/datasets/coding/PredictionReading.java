package io.drivemark.datasets.coding;

import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How prediction files of any tool are read: what they are called, what their values mean, what
 * happens to other sizes. Immutable.
 *
 * @param encoding what values mean where {@code values} does not say
 * @param files the pattern of their paths below the folder, for example {@code
 *     {id}_leftImg8bit_pred.png}; empty for {@code ID.png} anywhere
 * @param values what stored values mean: the name of a class, or {@code void}; keys are numbers or
 *     colours 0xRRGGBB; empty if the encoding says it
 * @param colors whether keys of {@code values} are colours
 * @param mapping from the predictions' classes to the dataset's; empty if they are the same
 * @param resize whether predictions of another size are brought to the truth's, each pixel taking
 *     the value of the nearest
 */
public record PredictionReading(
    PredictionEncoding encoding,
    Optional<String> files,
    Map<Integer, String> values,
    boolean colors,
    Optional<LabelMapping> mapping,
    boolean resize) {
  public PredictionReading {
    Objects.requireNonNull(encoding, "encoding");
    Objects.requireNonNull(files, "files");
    Objects.requireNonNull(mapping, "mapping");
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** An encoding of the dataset, files called {@code ID.png}, at the truth's size. */
  public static PredictionReading of(PredictionEncoding encoding) {
    return new PredictionReading(
        encoding, Optional.empty(), Map.of(), false, Optional.empty(), false);
  }

  /** The classes that the files' values stand for, before any mapping. */
  LabelSpace space(LabelSpace dataset) {
    return mapping.map(LabelMapping::from).orElse(dataset);
  }

  /** Whether the dataset's encoding alone says what values mean. */
  boolean isPlain() {
    return values.isEmpty() && mapping.isEmpty();
  }

  /** Whether files hold colours. */
  public boolean isColor() {
    return values.isEmpty() ? encoding == PredictionEncoding.COLOR : colors;
  }

  /** A stored value as users write it: a number, or R,G,B. */
  public String text(int value) {
    return isColor() ? Colors.text(value) : Integer.toString(value);
  }

  /** What messages call the way values are read. */
  public String words() {
    return values.isEmpty() ? "encoding " + encoding.word() : "--values";
  }
}
