package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.RightView;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.coding.LabelDecoder;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.ImageInfo;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A frame that lies in files. Immutable and thread-safe. */
final class FolderFrame implements Frame {
  private final FrameReader reader;
  private final FrameFiles files;

  FolderFrame(FrameReader reader, FrameFiles files) {
    this.reader = reader;
    this.files = files;
  }

  @Override
  public String id() {
    return files.id();
  }

  @Override
  public Sample sample() {
    RgbImage image = image();
    LabelDecoder.Decoded truth = reader.truth(files.truth(), new PixelArrays());
    requireSize(image, truth.map());
    Map<String, String> attributes = new TreeMap<>(attributes());
    if (truth.unknownPixels() > 0) {
      attributes.put("unknown-label-pixels", Long.toString(truth.unknownPixels()));
    }
    return new Sample(
        id(),
        image,
        truth.map(),
        depth(Optional.of(truth.map())),
        objects(truth.map(), new PixelArrays()),
        sequence(),
        seconds(),
        attributes);
  }

  private void requireSize(RgbImage image, LabelMap truth) {
    if (image.height() != truth.height() || image.width() != truth.width()) {
      throw new BadInputException(
          files.truth()
              + ": labels are "
              + FrameReader.size(truth.height(), truth.width())
              + ", but the photograph "
              + files.image().orElseThrow()
              + " is "
              + FrameReader.size(image.height(), image.width())
              + " (height x width); they must be equal");
    }
  }

  @Override
  public RgbImage image() {
    return ImageCodec.readImage(photograph());
  }

  private Path photograph() {
    return files
        .image()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "dataset " + reader.format().name() + " was opened for its labels only"));
  }

  @Override
  public LabelMap truth(PixelArrays arrays) {
    return reader.truth(files.truth(), arrays).map();
  }

  @Override
  public long unknownPixels() {
    return reader.format().coding().unknownIsVoid()
        ? reader.truth(files.truth(), new PixelArrays()).unknownPixels()
        : 0;
  }

  @Override
  public Optional<Instances> objects() {
    return reader.hasObjects(files) ? objects(truth(), new PixelArrays()) : Optional.empty();
  }

  @Override
  public Optional<Instances> objects(LabelMap truth, PixelArrays arrays) {
    return reader.objects(files, truth, arrays);
  }

  @Override
  public Optional<Depth> depth() {
    return depth(Optional.empty());
  }

  /**
   * Reads the distances.
   *
   * @param truth whose size they must have, where it matters
   */
  private Optional<Depth> depth(Optional<LabelMap> truth) {
    Optional<Path> file = files.depth();
    Optional<DepthCoding> coding = reader.format().depth();
    if (file.isEmpty() || coding.isEmpty()) {
      return Optional.empty();
    }
    RawLabels raw = ImageCodec.readRaw(file.get());
    int height = truth.map(LabelMap::height).orElse(raw.height());
    int width = truth.map(LabelMap::width).orElse(raw.width());
    return Optional.of(coding.get().decode(file.get(), raw, height, width));
  }

  @Override
  public boolean hasCamera() {
    return files.camera().isPresent() || reader.format().camera().missing().isEmpty();
  }

  @Override
  public Optional<Camera> camera() {
    if (!hasCamera()) {
      return Optional.empty();
    }
    List<Integer> size = size();
    return camera(size.get(0), size.get(1));
  }

  /** Height and width of the photograph; labels are of the same. */
  private List<Integer> size() {
    if (files.image().isEmpty() && reader.format().truth().kind() == TruthFormat.Kind.POLYGONS) {
      LabelMap truth = truth();
      return List.of(truth.height(), truth.width());
    }
    ImageInfo info = ImageCodec.info(files.image().orElse(files.truth()));
    return List.of(info.height(), info.width());
  }

  @Override
  public Optional<Camera> camera(int height, int width) {
    if (!hasCamera()) {
      return Optional.empty();
    }
    CameraFacts declared = reader.format().camera();
    CameraFacts facts =
        files.camera().map(file -> CameraReader.read(file).or(declared)).orElse(declared);
    return Optional.of(
        facts.camera(reader.format().name(), files.camera(), this::size, height, width));
  }

  @Override
  public Optional<CameraPair> cameras() {
    return reader.format().cameras().map(this::cameras);
  }

  private CameraPair cameras(CameraRule rule) {
    int width = rule.needsWidth() ? ImageCodec.info(photograph()).width() : 0;
    return rule.of(reader.format().name(), photograph(), width);
  }

  @Override
  public Optional<RightView> right() {
    if (files.right().isEmpty()) {
      return Optional.empty();
    }
    Path file = files.right().get();
    RgbImage image = ImageCodec.readImage(file);
    ImageInfo left = ImageCodec.info(photograph());
    if (image.height() != left.height() || image.width() != left.width()) {
      throw new BadInputException(
          file
              + ": the right view is "
              + FrameReader.size(image.height(), image.width())
              + ", but the photograph "
              + photograph()
              + " is "
              + FrameReader.size(left.height(), left.width())
              + " (height x width); they must be equal");
    }
    CameraPair pair = cameras().orElseThrow(); // a declaration of right views has them
    return Optional.of(new RightView(image, pair.baselineMetres(), pair.focalPixels()));
  }

  /** The number at the end of the id over the declared rate. */
  @Override
  public Optional<Double> seconds() {
    OptionalDouble rate = reader.format().rate();
    return rate.isEmpty()
        ? Optional.empty()
        : FrameNumber.of(id()).map(number -> number.value() / rate.getAsDouble());
  }

  @Override
  public List<Supplier<RgbImage>> before() {
    return files.before().stream()
        .<Supplier<RgbImage>>map(file -> () -> ImageCodec.readImage(file))
        .toList();
  }

  @Override
  public Optional<char[]> confidence(LabelMap truth) {
    return files.confidence().map(file -> reader.confidence(file, files, truth));
  }

  /** What path and id tell goes before what attribute files tell. */
  @Override
  public Map<String, String> attributes() {
    Map<String, String> more = reader.attributes().of(id());
    if (more.isEmpty()) {
      return files.attributes();
    }
    Map<String, String> all = new TreeMap<>(more);
    all.putAll(files.attributes());
    return Collections.unmodifiableMap(all);
  }

  @Override
  public Optional<Path> imageFile() {
    return files.image();
  }
}
