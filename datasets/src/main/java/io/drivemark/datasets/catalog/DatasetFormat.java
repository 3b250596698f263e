package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.truth.TruthReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
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
 * <p>What else there is: {@code layout.id}, the text of which ids are made where a file's own name
 * does not tell frames apart ({@code '{drive}_{frame}'}); {@code layout.instances} with {@code
 * objects}, {@code layout.depth} with {@code depth} (without {@code truth} it has distances alone,
 * and no classes), {@code layout.right} with {@code cameras}, {@code layout.confidence}; {@code
 * layout.camera} and {@code camera}, the photograph's own camera above the road; {@code
 * layout.members} and {@code layout.select} where folders do not tell splits apart; {@code
 * layout.spareImages} where photographs without labels are normal; {@code splitFolders}; {@code
 * attributes} and {@code attributeFiles}; {@code coding.like}, the values of a shipped dataset;
 * {@code drivable}, names of the classes that can be driven on; {@code coding.channel} where one
 * channel of colour files holds the class; {@code coding.kind} {@code cityscapes-polygons} or
 * {@code coco-panoptic} where label files are of those kinds.
 *
 * @param name what the command line and reports call it
 * @param about what people read of it
 * @param coding what stored values mean, and the label space
 * @param truth of what kind its label files are
 * @param layouts ways its files may lie; the first whose folders are there is taken
 * @param splits its splits; empty if any name is possible
 * @param splitFolders what {@code {split}} stands for where it is not the split's own name
 * @param frames how many frames a split has when it is whole, where published
 * @param sequence finds the drive in a sample id: the first group, or the whole match
 * @param attributes what else is known of a sample by its path and id
 * @param attributeFiles JSON files that tell more of samples
 * @param root the folder to look in where none is given
 * @param objects what object files hold
 * @param depth what distance files hold
 * @param cameras what is known of the two cameras, where it has pairs
 * @param camera what is known of the camera of each photograph besides what files of it say
 * @param rate how many pictures a second the numbers count that ids end in
 * @param facts what metrics go by besides the classes; whether there are confidences shows in the
 *     folders alone
 */
public record DatasetFormat(
    String name,
    About about,
    LabelCoding coding,
    TruthFormat truth,
    List<Layout> layouts,
    List<String> splits,
    Map<String, String> splitFolders,
    Map<String, Integer> frames,
    Optional<Pattern> sequence,
    List<AttributeRule> attributes,
    List<AttributeFile> attributeFiles,
    Optional<Path> root,
    ObjectFormat objects,
    Optional<DepthCoding> depth,
    Optional<CameraRule> cameras,
    CameraFacts camera,
    OptionalDouble rate,
    LabelFacts facts) {
  public DatasetFormat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(coding, "coding");
    Objects.requireNonNull(truth, "truth");
    Objects.requireNonNull(sequence, "sequence");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(objects, "objects");
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(cameras, "cameras");
    Objects.requireNonNull(camera, "camera");
    Objects.requireNonNull(rate, "rate");
    Objects.requireNonNull(facts, "facts");
    layouts = List.copyOf(layouts);
    splits = List.copyOf(splits);
    splitFolders = Map.copyOf(splitFolders);
    frames = Map.copyOf(frames);
    attributes = List.copyOf(attributes);
    attributeFiles = List.copyOf(attributeFiles);
    if (layouts.isEmpty()) {
      throw new IllegalArgumentException("dataset " + name + " declares no layout");
    }
  }

  /**
   * What people read of a dataset; each text may be empty.
   *
   * @param description one line for lists
   * @param obtain where to get it, for the message when it is not there
   * @param source its own page
   * @param licence what its terms allow, roughly; the terms themselves decide
   * @param protocols names of the rules by which its own tool or papers on it count; what a study
   *     takes first
   * @param notes what goes wrong with it in practice
   */
  public record About(
      String description,
      String obtain,
      String source,
      String licence,
      List<String> protocols,
      List<String> notes) {
    public About {
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(obtain, "obtain");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(licence, "licence");
      protocols = List.copyOf(protocols);
      notes = List.copyOf(notes);
    }
  }

  /** The tasks that whole splits of it have truth for, in their order. */
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    if (layouts.stream().anyMatch(layout -> !layout.hasDistancesAlone())) {
      tasks.add(Task.SEGMENTATION);
    }
    if (depth.isPresent() && layouts.stream().anyMatch(layout -> !layout.depths().isEmpty())) {
      tasks.add(Task.DEPTH);
    }
    return tasks;
  }

  public LabelSpace labels() {
    return coding.space();
  }

  /** What unpacks the label files of one split below a root. Reads no file yet. */
  public TruthReader truthReader(Path root, String split) {
    return truth.reader(root, folderOf(split));
  }

  /** What says what the values of label files mean. */
  public LabelDecoder decoder() {
    return new LabelDecoder(coding, truth.anyDepth());
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

  /** What is known of a sample, its sequence included, sorted by name. */
  Map<String, String> attributesOf(String id, Map<String, String> words) {
    Map<String, String> out = new TreeMap<>();
    sequenceOf(id).ifPresent(sequence -> out.put(Frame.SEQUENCE, sequence));
    for (AttributeRule rule : attributes) {
      rule.value(id, words).ifPresent(value -> out.put(rule.name(), value));
    }
    return out;
  }

  /** What {@code {split}} stands for. */
  String folderOf(String split) {
    return splitFolders.getOrDefault(split, split);
  }
}
