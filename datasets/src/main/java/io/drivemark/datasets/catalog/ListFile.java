package io.drivemark.datasets.catalog;

import io.drivemark.datasets.catalog.FolderScan.Problem;
import io.drivemark.datasets.catalog.FolderScan.ProblemKind;
import io.drivemark.datasets.files.FileNames;
import io.drivemark.datasets.files.TextFile;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The text files that name a split's frames, one a line, in UTF-8 or, with a byte-order mark,
 * UTF-16, with line ends of any system. No path in them is ever opened: a line only tells an id,
 * and one that would leave the dataset's root is a problem. For one thread.
 */
final class ListFile {
  private final Layout layout;
  private final Path root;
  private final String folder;
  private final List<Problem> problems;

  /**
   * @param folder what {@code {split}} stands for
   * @param problems takes what is wrong
   */
  ListFile(Layout layout, Path root, String folder, List<Problem> problems) {
    this.layout = layout;
    this.root = root;
    this.folder = folder;
    this.problems = problems;
  }

  /**
   * The ids that a split's file selects; a line whose second word is None has no labels and counts
   * as no frame.
   *
   * @throws BadInputException if there is no such file
   */
  Set<String> selected(Layout.Selection selection, String split) {
    Path file = root.resolve(selection.file().replace("{split}", folder));
    int step = selection.every().getOrDefault(split, 1);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          file + ": no such file; it must name the frames of this split, one a line");
    }
    List<String> ids = ids(file);
    if (ids.isEmpty()) {
      throw new BadInputException(file + namesNone());
    }
    Set<String> out = new TreeSet<>();
    for (int i = 0; i < ids.size(); i += step) {
      out.add(ids.get(i));
    }
    return out;
  }

  /** Compares the layout's list with what was found, where there is a list. */
  void check(Set<String> found, Set<String> inSplit) {
    if (layout.list().isEmpty()) {
      return;
    }
    Path file = root.resolve(layout.list().get().replace("{split}", folder));
    if (!Files.isRegularFile(file)) {
      return;
    }
    Set<String> listed = new TreeSet<>();
    List<String> ids = ids(file);
    if (ids.isEmpty()) {
      problem(ProblemKind.LIST_MISMATCH, "", file + namesNone());
      return;
    }
    for (String id : ids) {
      if (!listed.add(id)) {
        problem(ProblemKind.DUPLICATE_ID, id, "id " + id + " is listed twice in " + file);
      }
      if (!found.contains(id)) {
        problem(
            ProblemKind.LIST_MISMATCH,
            id,
            "frame " + id + " is listed in " + file + " but is not there");
      }
    }
    for (String id : inSplit) {
      if (!listed.contains(id)) {
        problem(
            ProblemKind.LIST_MISMATCH, id, "frame " + id + " is there but not listed in " + file);
      }
    }
  }

  private List<String> ids(Path file) {
    List<String> out = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] words = line.split("\\s+");
      if (words.length > 1 && words[1].equals("None")) {
        continue;
      }
      if (Stream.of(words).anyMatch(ListFile::leavesRoot)) {
        problem(
            ProblemKind.OUTSIDE_ROOT,
            "",
            file
                + ", line "
                + (i + 1)
                + ": '"
                + line
                + "' has '..' in it and may leave the dataset's folder; paths must stay below it");
      } else {
        out.add(id(words[0]));
      }
    }
    return out;
  }

  private static String namesNone() {
    return ": names no frame; it must name the frames of this split, one a line";
  }

  private static boolean leavesRoot(String path) {
    return ("/" + path.replace('\\', '/') + "/").contains("/../");
  }

  /** By the pattern that its end fits; else its file name without the suffix. */
  private String id(String path) {
    Optional<String> id =
        Stream.concat(layout.images().stream(), layout.truths().stream())
            .flatMap(pattern -> pattern.id(path, folder).stream())
            .findFirst();
    if (id.isPresent()) {
      return id.get();
    }
    String name = path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
    return FileNames.composed(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name);
  }

  private static List<String> lines(Path file) {
    try {
      return TextFile.lines(Files.readAllBytes(file));
    } catch (CharacterCodingException e) {
      throw new BadInputException(
          file
              + ": cannot be read as text: neither UTF-8 nor UTF-16 with its byte-order mark; save it as UTF-8",
          e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void problem(ProblemKind kind, String id, String message) {
    problems.add(new Problem(kind, id, message));
  }
}
