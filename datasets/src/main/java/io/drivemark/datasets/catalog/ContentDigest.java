package io.drivemark.datasets.catalog;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.catalog.UnlabelledDataset.Picture;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SHA-256 over what a split is: names, coding, and for each sample its id and its files' contents.
 * Where the files lie does not matter. Files are read on all cores. Stateless.
 */
final class ContentDigest {
  private ContentDigest() {}

  /** Of photographs without labels. */
  static String of(String name, String split, LabelCoding coding, Collection<Picture> pictures) {
    StringBuilder text = head(name, split, coding);
    pictures.parallelStream()
        .map(p -> p.id() + "\t" + file(p.file()) + "\tunlabelled")
        .toList()
        .forEach(line -> text.append('\n').append(line));
    return Digests.of(text.toString());
  }

  private static StringBuilder head(String name, String split, LabelCoding coding) {
    StringBuilder text = new StringBuilder("drivemark-dataset/1\n");
    text.append(name).append('\n').append(split).append('\n');
    text.append(coding.kind()).append(' ').append(coding.rawToIndex());
    text.append(' ').append(coding.voidValues()).append(' ').append(coding.unknownIsVoid());
    for (LabelClass c : coding.space().classes()) {
      text.append('\n').append(c.name());
    }
    return text;
  }

  static String of(DatasetFormat format, Path root, String split, List<FrameFiles> frames) {
    StringBuilder text = head(format.name(), split, format.coding());
    if (!format.truth().canonical().isEmpty()) {
      text.append("\ntruth ").append(format.truth().canonical());
    }
    format
        .truth()
        .segmentsFile(root, format.folderOf(split))
        .ifPresent(file -> text.append("\nsegments ").append(file(file)));
    format
        .objects()
        .channel()
        .ifPresent(channel -> text.append("\nobjects in ").append(channel.word()));
    List<String> lines = frames.parallelStream().map(ContentDigest::line).toList();
    lines.forEach(line -> text.append('\n').append(line));
    return Digests.of(text.toString());
  }

  private static String line(FrameFiles frame) {
    return frame.id()
        + "\t"
        + frame.image().map(ContentDigest::file).orElse("-")
        + "\t"
        + file(frame.truth())
        + "\t"
        + frame.instances().map(ContentDigest::file).orElse("-")
        + frame.depth().map(path -> "\t" + file(path)).orElse("")
        + frame.right().map(path -> "\tright " + file(path)).orElse("")
        + frame.confidence().map(path -> "\tconfidence " + file(path)).orElse("")
        + frame.before().stream()
            .map(path -> "\tbefore " + file(path))
            .collect(Collectors.joining());
  }

  private static String file(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return Digests.of(in);
    } catch (IOException e) {
      throw new BadInputException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
