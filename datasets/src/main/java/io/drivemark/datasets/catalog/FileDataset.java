package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import java.util.List;
import java.util.function.Function;

/**
 * What datasets of files have in common: the first so many frames of a split, whose contents are
 * read once for the digest. Thread-safe.
 *
 * @param <F> the files of one frame
 */
abstract class FileDataset<F> implements Dataset {
  private final String name;
  private final String split;
  private final LabelCoding coding;
  private final List<F> frames;
  private final List<String> ids;
  private final List<String> idsOfSplit;
  private volatile String digest;

  /**
   * @param all the frames that the split has, by id
   * @param count how many of them are taken
   * @param id the id of a frame
   */
  FileDataset(
      String name,
      String split,
      LabelCoding coding,
      List<F> all,
      int count,
      Function<F, String> id) {
    this.name = name;
    this.split = split;
    this.coding = coding;
    this.frames = List.copyOf(all.subList(0, count));
    this.ids = frames.stream().map(id).toList();
    this.idsOfSplit = all.stream().map(id).toList();
  }

  /** The digest of the frames' contents; reads all of their files. */
  abstract String readDigest(List<F> all);

  /** The files of the frames. */
  final List<F> files() {
    return frames;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String split() {
    return split;
  }

  @Override
  public final LabelSpace labels() {
    return coding.space();
  }

  @Override
  public final LabelCoding coding() {
    return coding;
  }

  @Override
  public final List<String> ids() {
    return ids;
  }

  @Override
  public final List<String> idsOfSplit() {
    return idsOfSplit;
  }

  @Override
  public final String digest() {
    String result = digest;
    if (result == null) {
      result = readDigest(frames);
      digest = result;
    }
    return result;
  }
}
