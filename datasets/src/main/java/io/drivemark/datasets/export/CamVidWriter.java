package io.drivemark.datasets.export;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes samples in the folder layout of CamVid's 480×360 form, which dataset {@code camvid} opens
 * again: {@code train/ID.png}, {@code trainannot/ID.png} (class index, 11 = void), {@code
 * train.txt}, and so on for each split. Writing the same samples twice is harmless; a folder that
 * holds other frames is refused. Immutable; frames are written on all cores.
 */
public final class CamVidWriter {
  private static final int AT_ONCE = 16;

  private final Path folder;
  private final LabelCoding coding;
  private final byte storedVoid;

  /** Writes below this folder, which is created when needed. */
  public CamVidWriter(Path folder) {
    this.folder = folder;
    this.coding = Datasets.format("camvid").coding();
    this.storedVoid = coding.voidValues().stream().findFirst().orElseThrow().byteValue();
  }

  /**
   * Writes the first four fifths as {@code train} and the rest as {@code val}. The border is one
   * place in the list, so frames of one sequence stay together but for one.
   *
   * @throws BadInputException if there are fewer than two frames, or as {@link #write}
   */
  public void writeTrainAndVal(Dataset dataset, Progress progress) {
    int count = dataset.ids().size();
    if (count < 2) {
      throw new BadInputException(
          "train and val need at least two frames, " + dataset.name() + " has " + count);
    }
    int val = Math.max(1, count / 5);
    write("train", dataset, 0, count - val, progress);
    write("val", dataset, count - val, count, progress);
  }

  /**
   * Writes samples {@code from} (included) to {@code to} (excluded) as one split.
   *
   * @throws BadInputException if the dataset has other classes than CamVid, or the folder holds
   *     other frames of this split
   * @throws UnavailableException if a file cannot be written
   */
  public void write(String split, Dataset dataset, int from, int to, Progress progress) {
    if (!dataset.labels().classNames().equals(coding.space().classNames())) {
      throw new BadInputException(
          "dataset "
              + dataset.name()
              + " has the classes of "
              + dataset.labels().name()
              + "; CamVid layout takes those of "
              + coding.space().name());
    }
    List<String> ids = dataset.ids().subList(from, to);
    String list = list(split, ids);
    requireNoOthers(split, ids, list);
    progress.begin("write " + split, ids.size());
    for (int start = from; start < to; start += AT_ONCE) {
      int end = Math.min(to, start + AT_ONCE);
      IntStream.range(start, end).parallel().forEach(i -> write(split, dataset.frame(i).sample()));
      progress.step(end - from, "");
    }
    progress.end();
    if (!Files.exists(lists(split))) {
      DurableFiles.write(lists(split), list);
    }
  }

  private void write(String split, Sample sample) {
    Path image = folder.resolve(split).resolve(sample.id() + ".png");
    Path truth = folder.resolve(split + "annot").resolve(sample.id() + ".png");
    byte[] values = sample.truth().pixels().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == (byte) LabelSpace.VOID ? storedVoid : values[i];
    }
    if (isThere(
            image,
            ImageCodec::readImage,
            old -> Arrays.equals(old.pixels(), sample.image().pixels()))
        & isThere(truth, ImageCodec::readRaw, old -> Arrays.equals(old.bytes(), values))) {
      return;
    }
    ImageCodec.writeImage(image, sample.image());
    ImageCodec.writeGray8(truth, sample.truth().height(), sample.truth().width(), values);
  }

  /** Whether a file is there with the same pixels; one with others is not replaced. */
  private static <T> boolean isThere(Path file, Function<Path, T> read, Predicate<T> same) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!same.test(read.apply(file))) {
      throw new BadInputException(
          file + ": there already with other pixels; it is not replaced: choose an empty folder");
    }
    return true;
  }

  private Path lists(String split) {
    return folder.resolve(split + ".txt");
  }

  private static String list(String split, List<String> ids) {
    StringBuilder list = new StringBuilder();
    for (String id : ids) {
      list.append(split).append('/').append(id).append(".png ");
      list.append(split).append("annot/").append(id).append(".png\n");
    }
    return list.toString();
  }

  private void requireNoOthers(String split, List<String> ids, String list) {
    if (Files.exists(lists(split)) && !text(lists(split)).equals(list)) {
      throw new BadInputException(
          lists(split)
              + ": names other frames already; it is not replaced: choose an empty folder");
    }
    Set<String> names = new HashSet<>();
    ids.forEach(id -> names.add(id + ".png"));
    for (Path place : List.of(folder.resolve(split), folder.resolve(split + "annot"))) {
      if (!Files.isDirectory(place)) {
        continue;
      }
      try (Stream<Path> files = Files.list(place)) {
        files
            .filter(f -> !names.contains(f.getFileName().toString()))
            .sorted()
            .findFirst()
            .ifPresent(
                other -> {
                  throw new BadInputException(
                      place
                          + ": holds other files already, for example "
                          + other.getFileName()
                          + "; choose an empty folder");
                });
      } catch (IOException e) {
        throw new UnavailableException(place + ": cannot be listed: " + e.getMessage(), e);
      }
    }
  }

  private static String text(Path file) {
    return new String(ImageCodec.bytes(file), StandardCharsets.UTF_8);
  }
}
