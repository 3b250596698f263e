package io.drivemark.datasets.catalog;

import io.drivemark.datasets.catalog.UnlabelledDataset.Picture;
import io.drivemark.datasets.files.FileTree;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lies in a dataset's folders: the complete pairs, and everything that is wrong with the rest.
 * No file is opened but the list file. Immutable.
 *
 * @param root the dataset's folder
 * @param frames the complete pairs, by id
 * @param problems what does not fit, in a fixed order
 */
public record FolderScan(Path root, List<FrameFiles> frames, List<Problem> problems) {
  public FolderScan {
    frames = List.copyOf(frames);
    problems = List.copyOf(problems);
  }

  /** The kinds of things that can be wrong with folders. */
  public enum ProblemKind {
    MISSING_IMAGE,
    MISSING_TRUTH,
    DUPLICATE_ID,
    LIST_MISMATCH,
    NO_SPLIT,
    BROKEN_LINK,
    OUTSIDE_ROOT
  }

  /**
   * One thing that is wrong.
   *
   * @param kind what kind of thing
   * @param id the sample it is about
   * @param message a whole sentence that names the files
   */
  public record Problem(ProblemKind kind, String id, String message) {}

  /**
   * Looks through the folders of one split.
   *
   * @param labelsOnly whether photographs are left alone
   * @throws BadInputException if the root, the split or all of its folders are not there
   */
  static FolderScan of(DatasetFormat format, Path root, String split, boolean labelsOnly) {
    if (!format.splits().isEmpty() && !format.splits().contains(split)) {
      throw new BadInputException(
          "dataset "
              + format.name()
              + " has no split '"
              + split
              + "'"
              + Nearest.hint(split, format.splits())
              + "; it has: "
              + String.join(", ", format.splits()));
    }
    if (!Files.isDirectory(root)) {
      throw new BadInputException(
          "dataset "
              + format.name()
              + ": no folder "
              + root
              + "; expected there: "
              + expected(format, split)
              + advice(format));
    }
    String folder = format.folderOf(split);
    Layout layout =
        format.layouts().stream()
            .filter(l -> present(l.truths(), root, folder))
            .filter(l -> labelsOnly || present(l.images(), root, folder))
            .findFirst()
            .orElseThrow(() -> noFrames(format, root, split));
    return new FolderScanner(format, layout, root, split, labelsOnly).scan();
  }

  /**
   * The photographs of a split that has no labels in any layout; none if it has labels. Where a
   * split is a folder, it need not be declared: a test split without labels seldom is.
   */
  static List<Picture> unlabelled(DatasetFormat format, Path root, String split) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    boolean declared = format.splits().isEmpty() || format.splits().contains(split);
    List<Picture> first = List.of();
    for (Layout layout : format.layouts()) {
      if (!declared && layout.images().stream().noneMatch(p -> p.text().contains("{split}"))) {
        continue;
      }
      if (new FolderScanner(format, layout, root, split, false).hasTruths()) {
        return List.of();
      }
      if (first.isEmpty()) {
        first = new FolderScanner(format, layout, root, split, false).unlabelled();
      }
    }
    return first;
  }

  /** What to say where a root has no frame of a split at all. */
  static BadInputException noFrames(DatasetFormat format, Path root, String split) {
    String folder = format.folderOf(split);
    Optional<Path> broken =
        format.layouts().stream()
            .flatMap(l -> Stream.concat(l.truths().stream(), l.images().stream()))
            .flatMap(pattern -> links(root, pattern.fixedFolder(root, folder)))
            .findFirst();
    return new BadInputException(
        "dataset "
            + format.name()
            + ": "
            + (broken.isPresent()
                ? FileTree.brokenLink(broken.get())
                : root
                    + " has no frames of split '"
                    + split
                    + "'; expected there: "
                    + expected(format, split)
                    + beside(format, root, folder)
                    + advice(format)));
  }

  /** Links among a folder and those above it up to the root that lead nowhere or in a circle. */
  private static Stream<Path> links(Path root, Path folder) {
    return Stream.iterate(folder, at -> at != null && at.startsWith(root), Path::getParent)
        .filter(at -> Files.isSymbolicLink(at) && !Files.exists(at));
  }

  /**
   * Insists that nothing is wrong.
   *
   * @throws BadInputException that lists the first five problems and counts the rest
   */
  FolderScan requireComplete(String name, String split) {
    if (problems.isEmpty()) {
      return this;
    }
    String shown =
        problems.stream().limit(5).map(p -> "\n  " + p.message()).collect(Collectors.joining());
    int more = problems.size() - 5;
    throw new BadInputException(
        "dataset "
            + name
            + ", split "
            + split
            + " in "
            + root
            + ": "
            + problems.size()
            + (problems.size() == 1 ? " problem" : " problems")
            + shown
            + (more > 0 ? "\n  and " + more + " more" : ""));
  }

  /** All files in the folders of patterns, whatever they are called. */
  static List<Path> filesWhere(List<PathPattern> patterns, Path root, String folder) {
    return patterns.stream()
        .flatMap(pattern -> pattern.folders(root, folder).present().stream())
        .distinct()
        .flatMap(PathPattern::filesIn)
        .toList();
  }

  /** One file that lies where frames should, to be compared with the pattern. */
  private static String beside(DatasetFormat format, Path root, String folder) {
    return format.layouts().stream()
        .flatMap(l -> Stream.of(l.truths(), l.images()))
        .flatMap(patterns -> filesWhere(patterns, root, folder).stream())
        .findFirst()
        .map(file -> "; found there, and fitting no pattern: " + root.relativize(file))
        .orElse("");
  }

  private static boolean present(List<PathPattern> patterns, Path root, String folder) {
    return patterns.stream().anyMatch(p -> Files.isDirectory(p.fixedFolder(root, folder)));
  }

  private static String expected(DatasetFormat format, String split) {
    String folder = format.folderOf(split);
    return format.layouts().stream()
        .map(l -> shown(l.images(), folder) + " with " + shown(l.truths(), folder))
        .collect(Collectors.joining("; or "));
  }

  static String shown(List<PathPattern> patterns, String folder) {
    return patterns.stream().map(p -> p.shown(folder)).collect(Collectors.joining(" or "));
  }

  private static String advice(DatasetFormat format) {
    return (format.about().obtain().isEmpty() ? "" : ". " + format.about().obtain())
        + ". Give the dataset's folder as its root";
  }
}
