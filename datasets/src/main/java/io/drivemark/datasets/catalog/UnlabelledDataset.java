package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelFacts;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Photographs without labels, to be predicted: the truth of each sample is void throughout.
 * Thread-safe.
 */
final class UnlabelledDataset extends FileDataset<UnlabelledDataset.Picture> {
  private final LabelFacts facts;

  /**
   * One photograph.
   *
   * @param id the sample's id
   * @param file where it lies
   * @param attributes what else is known of it; sorted by name
   */
  record Picture(String id, Path file, Map<String, String> attributes) {
    Picture {
      attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
  }

  /**
   * The first {@code count} photographs.
   *
   * @param coding how a prediction is written
   * @param suffixes see {@link LabelFacts#predictionsMayHaveSuffix()}
   */
  UnlabelledDataset(
      String name,
      String split,
      LabelCoding coding,
      List<Picture> all,
      int count,
      boolean suffixes) {
    super(name, split, coding, all, count, Picture::id);
    this.facts = LabelFacts.NONE.withSuffixes(suffixes);
  }

  @Override
  public boolean labelled() {
    return false;
  }

  @Override
  public LabelFacts facts() {
    return facts;
  }

  @Override
  String readDigest(List<Picture> all) {
    return ContentDigest.of(name(), split(), coding(), all);
  }

  @Override
  public Frame frame(int index) {
    return new PictureFrame(files().get(index));
  }

  private final class PictureFrame implements Frame {
    private final Picture picture;

    PictureFrame(Picture picture) {
      this.picture = picture;
    }

    @Override
    public String id() {
      return picture.id();
    }

    @Override
    public Sample sample() {
      RgbImage image = image();
      byte[] truth = new byte[Math.multiplyExact(image.height(), image.width())];
      Arrays.fill(truth, (byte) LabelSpace.VOID);
      return new Sample(
          id(),
          image,
          LabelMap.of(labels(), image.height(), image.width(), truth),
          Optional.empty(),
          Optional.empty(),
          sequence(),
          Optional.empty(),
          attributes());
    }

    @Override
    public RgbImage image() {
      return ImageCodec.readImage(picture.file());
    }

    @Override
    public LabelMap truth(PixelArrays arrays) {
      throw new BadInputException(
          "dataset "
              + name()
              + ", split "
              + split()
              + ": frame "
              + id()
              + " has no labels; it can be predicted, not scored");
    }

    @Override
    public Optional<Instances> objects() {
      return Optional.empty();
    }

    @Override
    public Optional<Depth> depth() {
      return Optional.empty();
    }

    @Override
    public Map<String, String> attributes() {
      return picture.attributes();
    }

    @Override
    public Optional<Path> imageFile() {
      return Optional.of(picture.file());
    }
  }
}
