package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetDescription;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.UnscoredObject;
import io.drivemark.datasets.catalog.FolderScan.Frame;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.datasets.truth.TruthReader;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A split of a dataset that lies in folders, as a {@link DatasetFormat} declares it. Thread-safe.
 */
final class FolderDataset implements Dataset {
  private final DatasetFormat format;
  private final String split;
  private final List<Frame> frames;
  private final List<String> ids;
  private final List<String> idsOfSplit;
  private final LabelDecoder decoder;
  private final TruthReader truth;
  private final ObjectDecoder objects;
  private final Path root;
  private volatile String digest;
  private Map<String, Map<String, String>> fromFiles; // by the attribute files, once they are read

  /** The first {@code count} of the split's frames. */
  FolderDataset(DatasetFormat format, Path root, String split, List<Frame> all, int count) {
    this.format = format;
    this.root = root;
    this.split = split;
    this.frames = List.copyOf(all.subList(0, count));
    this.idsOfSplit = all.stream().map(Frame::id).toList();
    this.ids = frames.stream().map(Frame::id).toList();
    this.decoder = format.decoder();
    this.truth = format.truthReader(root, split);
    this.objects = new ObjectDecoder(format.objects().numbers(), format.labels());
  }

  @Override
  public String name() {
    return format.name();
  }

  @Override
  public String split() {
    return split;
  }

  @Override
  public LabelSpace labels() {
    return format.labels();
  }

  @Override
  public LabelCoding coding() {
    return format.coding();
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public List<String> idsOfSplit() {
    return idsOfSplit;
  }

  @Override
  public Map<String, Double> meanInstancePixels() {
    return format.meanInstancePixels();
  }

  @Override
  public List<UnscoredObject> unscoredObjects() {
    return format.unscoredObjects();
  }

  @Override
  public List<String> unscoredClasses() {
    return format.unscored();
  }

  @Override
  public List<String> drivableClasses() {
    return format.drivable();
  }

  @Override
  public boolean predictionsMayHaveSuffix() {
    return format.predictionSuffix();
  }

  @Override
  public String digest() {
    String result = digest;
    if (result == null) {
      result = ContentDigest.of(format, root, split, frames);
      digest = result;
    }
    return result;
  }

  @Override
  public String description() {
    DatasetDescription out = DatasetDescription.of(this);
    out.fact("truth", format.truth().canonical());
    out.fact(
        "objects",
        format.objects().numbers().name(),
        format.objects().channel().map(Enum::name).orElse("one channel"));
    format
        .depth()
        .ifPresent(
            depth ->
                out.fact(
                    "depth", Double.toString(depth.metresPerUnit()), depth.unknown().toString()));
    return out.toString();
  }

  @Override
  public Sample load(int index) {
    Frame frame = frames.get(index);
    Path imageFile =
        frame
            .image()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "dataset " + name() + " was opened for its labels only"));
    RgbImage image = ImageCodec.readImage(imageFile);
    LabelDecoder.Decoded truth = decoded(frame.truth(), new PixelArrays());
    if (image.height() != truth.map().height() || image.width() != truth.map().width()) {
      throw new BadInputException(
          frame.truth()
              + ": labels are "
              + size(truth.map().height(), truth.map().width())
              + ", but the photograph "
              + imageFile
              + " is "
              + size(image.height(), image.width())
              + " (height x width); they must be equal");
    }
    Map<String, String> attributes = new TreeMap<>(attributes(index));
    if (truth.unknownPixels() > 0) {
      attributes.put("unknown-label-pixels", Long.toString(truth.unknownPixels()));
    }
    return new Sample(
        frame.id(),
        image,
        truth.map(),
        depth(frame, truth.map()),
        instances(frame, truth.map(), new PixelArrays()),
        format.sequenceOf(frame.id()),
        Optional.empty(),
        attributes);
  }

  @Override
  public Map<String, String> attributes(int index) {
    Frame frame = frames.get(index);
    Map<String, String> more = fromFiles().getOrDefault(frame.id(), Map.of());
    if (more.isEmpty()) {
      return frame.attributes();
    }
    Map<String, String> all = new TreeMap<>(more);
    all.putAll(frame.attributes());
    return Collections.unmodifiableMap(all);
  }

  /** What the attribute files hold, by id; they are read once, when first asked for. */
  private synchronized Map<String, Map<String, String>> fromFiles() {
    if (fromFiles == null) {
      Map<String, Map<String, String>> read = new HashMap<>();
      for (AttributeFile rule : format.attributeFiles()) {
        AttributeReader.read(rule, root, format.folderOf(split), Set.copyOf(ids))
            .forEach(
                (id, values) -> {
                  Map<String, String> all = read.computeIfAbsent(id, k -> new TreeMap<>());
                  values.forEach(all::putIfAbsent);
                });
      }
      fromFiles = read;
    }
    return fromFiles;
  }

  @Override
  public Optional<Path> imageFile(int index) {
    return frames.get(index).image();
  }

  @Override
  public LabelMap loadTruth(int index) {
    return loadTruth(index, new PixelArrays());
  }

  @Override
  public LabelMap loadTruth(int index, PixelArrays arrays) {
    Path file = frames.get(index).truth();
    return decoded(file, arrays).map();
  }

  private LabelDecoder.Decoded decoded(Path file, PixelArrays arrays) {
    return decoder.decode(file, truth.read(file, arrays), arrays);
  }

  @Override
  public long unknownPixels(int index) {
    Path file = frames.get(index).truth();
    return format.coding().unknownIsVoid() ? decoded(file, new PixelArrays()).unknownPixels() : 0;
  }

  @Override
  public Optional<Instances> loadInstances(int index) {
    Frame frame = frames.get(index);
    return frame.instances().isEmpty() && !truth.hasObjects()
        ? Optional.empty()
        : loadInstances(index, loadTruth(index));
  }

  @Override
  public Optional<Instances> loadInstances(int index, LabelMap truth) {
    return loadInstances(index, truth, new PixelArrays());
  }

  @Override
  public Optional<Instances> loadInstances(int index, LabelMap truth, PixelArrays arrays) {
    return instances(frames.get(index), truth, arrays);
  }

  @Override
  public boolean hasConfidence() {
    return frames.stream().anyMatch(frame -> frame.confidence().isPresent());
  }

  @Override
  public Optional<char[]> loadConfidence(int index, LabelMap truth) {
    Frame frame = frames.get(index);
    if (frame.confidence().isEmpty()) {
      return Optional.empty();
    }
    Path file = frame.confidence().get();
    RawLabels raw = ImageCodec.readRaw(file);
    if (raw.bytesPerPixel() != 2) {
      throw new BadInputException(
          file + ": found " + raw.kind() + ", expected confidences in one channel of 16 bits");
    }
    requireSize(file, "confidences", raw, frame, truth);
    char[] out = new char[raw.height() * raw.width()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (char) raw.value(i);
    }
    return Optional.of(out);
  }

  private static void requireSize(
      Path file, String what, RawLabels raw, Frame frame, LabelMap truth) {
    if (raw.height() != truth.height() || raw.width() != truth.width()) {
      throw new BadInputException(
          file
              + ": "
              + what
              + " are "
              + size(raw.height(), raw.width())
              + ", but the labels "
              + frame.truth()
              + " are "
              + size(truth.height(), truth.width())
              + " (height x width); they must be equal");
    }
  }

  @Override
  public Optional<Depth> loadDepth(int index) {
    Optional<Path> file = frames.get(index).depth();
    if (file.isEmpty() || format.depth().isEmpty()) {
      return Optional.empty();
    }
    RawLabels raw = ImageCodec.readRaw(file.get());
    return Optional.of(format.depth().get().decode(file.get(), raw, raw.height(), raw.width()));
  }

  private Optional<Depth> depth(Frame frame, LabelMap truth) {
    return format
        .depth()
        .flatMap(
            coding ->
                frame
                    .depth()
                    .map(
                        file ->
                            coding.decode(
                                file, ImageCodec.readRaw(file), truth.height(), truth.width())));
  }

  /** From a file of their own; else from the labels, if those tell objects apart. */
  private Optional<Instances> instances(Frame frame, LabelMap labels, PixelArrays arrays) {
    if (frame.instances().isEmpty()) {
      return truth
          .objects(frame.truth(), labels, arrays)
          .map(ids -> Instances.of(labels.height(), labels.width(), ids));
    }
    Path file = frame.instances().get();
    RawLabels raw = ImageCodec.readRaw(file, format.objects().channel(), arrays);
    if (raw.bytesPerPixel() == 3) {
      throw new BadInputException(
          file + ": found " + raw.kind() + ", expected object numbers in one channel of 16 bits");
    }
    requireSize(file, "object numbers", raw, frame, labels);
    int[] out = arrays.takeInts(labels.pixels().length);
    objects.decode(raw, labels.pixels(), out);
    return Optional.of(Instances.of(raw.height(), raw.width(), out));
  }

  private static String size(int height, int width) {
    return height + "x" + width;
  }
}
