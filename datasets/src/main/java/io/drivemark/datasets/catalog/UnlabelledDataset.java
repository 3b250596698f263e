package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
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
final class UnlabelledDataset implements Dataset {
  private final String name;
  private final String split;
  private final LabelCoding coding;
  private final List<Picture> pictures;
  private final List<String> ids;
  private final List<String> idsOfSplit;
  private final boolean suffixes;

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
   * @param suffixes see {@link Dataset#predictionsMayHaveSuffix()}
   */
  UnlabelledDataset(
      String name,
      String split,
      LabelCoding coding,
      List<Picture> all,
      int count,
      boolean suffixes) {
    this.name = name;
    this.split = split;
    this.coding = coding;
    this.pictures = List.copyOf(all.subList(0, count));
    this.ids = pictures.stream().map(Picture::id).toList();
    this.idsOfSplit = all.stream().map(Picture::id).toList();
    this.suffixes = suffixes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String split() {
    return split;
  }

  @Override
  public boolean labelled() {
    return false;
  }

  @Override
  public LabelSpace labels() {
    return coding.space();
  }

  @Override
  public LabelCoding coding() {
    return coding;
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
  public boolean predictionsMayHaveSuffix() {
    return suffixes;
  }

  @Override
  public String digest() {
    return ContentDigest.of(name, split, coding, pictures);
  }

  @Override
  public Sample load(int index) {
    Picture picture = pictures.get(index);
    RgbImage image = ImageCodec.readImage(picture.file());
    byte[] labels = new byte[Math.multiplyExact(image.height(), image.width())];
    Arrays.fill(labels, (byte) LabelSpace.VOID);
    return new Sample(
        picture.id(),
        image,
        LabelMap.of(labels(), image.height(), image.width(), labels),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        picture.attributes());
  }

  @Override
  public LabelMap loadTruth(int index) {
    throw new BadInputException(
        "dataset "
            + name
            + ", split "
            + split
            + ": frame "
            + ids.get(index)
            + " has no labels; it can be predicted, not scored");
  }

  @Override
  public Map<String, String> attributes(int index) {
    return pictures.get(index).attributes();
  }

  @Override
  public Optional<Path> imageFile(int index) {
    return Optional.of(pictures.get(index).file());
  }
}
