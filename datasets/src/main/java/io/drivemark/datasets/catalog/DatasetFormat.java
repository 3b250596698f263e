package io.drivemark.datasets.catalog;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a YAML text declares about a dataset of files: where they lie, what their values mean, which
 * splits there are. Immutable; {@link FormatReader} reads it. A pair of folders as a user declares
 * it:
 *
 * <pre>{@code
 * name: yard
 * root: data                          # optional, relative to this file; --root goes first
 * classes:                            # or  labels: camvid-11
 *   - {name: ground, color: '128,64,128'}
 *   - {name: person, color: '220,20,60', vulnerable: true}
 * layout:
 *   image: photos/{split}/{id}.jpg    # several patterns as a list; * is one folder, ** any depth
 *   truth: labels/{split}/{id}_mask.png
 * coding:
 *   values: {1: ground, 2: person}    # stored value: class; colours as '128,64,128': class
 *   void: [0]
 * }</pre>
 *
 * @param name what the command line and reports call it
 * @param description one line for lists
 * @param obtain where to get it, for the message when it is not there; may be empty
 * @param coding what stored values mean, and the label space
 * @param layouts ways its files may lie; the first whose folders are there is taken
 * @param splits its splits; empty if any name is possible
 * @param frames how many frames a split has when it is whole, where published
 * @param sequence finds the drive in a sample id: the first group, or the whole match
 * @param root the folder to look in where none is given
 * @param meanInstancePixels see {@link io.drivemark.datasets.Dataset#meanInstancePixels()}
 * @param predictionSuffix see {@link io.drivemark.datasets.Dataset#predictionsMayHaveSuffix()}
 */
public record DatasetFormat(
    String name,
    String description,
    String obtain,
    LabelCoding coding,
    List<Layout> layouts,
    List<String> splits,
    Map<String, Integer> frames,
    Optional<Pattern> sequence,
    Optional<Path> root,
    Map<String, Double> meanInstancePixels,
    boolean predictionSuffix) {
  public DatasetFormat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(obtain, "obtain");
    Objects.requireNonNull(coding, "coding");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(root, "root");
    layouts = List.copyOf(layouts);
    splits = List.copyOf(splits);
    frames = Map.copyOf(frames);
    meanInstancePixels = Map.copyOf(meanInstancePixels);
    if (layouts.isEmpty()) {
      throw new IllegalArgumentException("dataset " + name + " declares no layout");
    }
  }

  public LabelSpace labels() {
    return coding.space();
  }

  /** The drive or clip a sample is from, where the format says how ids tell. */
  Optional<String> sequenceOf(String id) {
    return sequence.flatMap(
        pattern -> {
          Matcher m = pattern.matcher(id);
          return m.find()
              ? Optional.of(m.groupCount() > 0 ? m.group(1) : m.group())
              : Optional.empty();
        });
  }

  /**
   * One way the files may lie below the root.
   *
   * @param images where photographs are; alternatives add up
   * @param truths where label files are; alternatives add up
   * @param instances where 16-bit object files are, if anywhere: value ≥ 1000 = one object
   * @param list a text file of the split's frames, checked where it is there
   * @param members which ids belong to which split, where folders do not tell; empty if they do
   */
  record Layout(
      List<PathPattern> images,
      List<PathPattern> truths,
      Optional<PathPattern> instances,
      Optional<String> list,
      Map<String, List<IdRange>> members) {
    Layout {
      images = List.copyOf(images);
      truths = List.copyOf(truths);
      Objects.requireNonNull(instances, "instances");
      Objects.requireNonNull(list, "list");
      members = Map.copyOf(members);
    }
  }

  /** Sample ids from one to another, both included, compared as texts. */
  record IdRange(String first, String last) {
    boolean contains(String id) {
      return first.compareTo(id) <= 0 && id.compareTo(last) <= 0;
    }
  }
}
