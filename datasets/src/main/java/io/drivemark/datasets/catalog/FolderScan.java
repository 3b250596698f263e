package io.drivemark.datasets.catalog;

import io.drivemark.datasets.catalog.DatasetFormat.IdRange;
import io.drivemark.datasets.catalog.DatasetFormat.Layout;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What lies in a dataset's folders: the complete pairs, and everything that is wrong with the rest.
 * No file is opened but the list file. Immutable.
 *
 * @param root the dataset's folder
 * @param frames the complete pairs, by id
 * @param problems what does not fit, in a fixed order
 */
public record FolderScan(Path root, List<Frame> frames, List<Problem> problems) {
  /** The split that takes all frames of a layout whose folders do not tell splits apart. */
  private static final String ALL = "all";

  public FolderScan {
    frames = List.copyOf(frames);
    problems = List.copyOf(problems);
  }

  /**
   * The files of one sample.
   *
   * @param id the sample's id
   * @param image its photograph; empty where only labels were asked for
   * @param truth its labels
   * @param instances its object numbers, where the dataset has them
   */
  public record Frame(String id, Optional<Path> image, Path truth, Optional<Path> instances) {}

  /** The kinds of things that can be wrong with folders. */
  public enum ProblemKind {
    MISSING_IMAGE,
    MISSING_TRUTH,
    DUPLICATE_ID,
    LIST_MISMATCH,
    NO_SPLIT
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
    Layout layout =
        format.layouts().stream()
            .filter(l -> present(l.truths(), root, split))
            .filter(l -> labelsOnly || present(l.images(), root, split))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "dataset "
                            + format.name()
                            + ": "
                            + root
                            + " has no frames of split '"
                            + split
                            + "'; expected there: "
                            + expected(format, split)
                            + advice(format)));
    return new Scanner(format, layout, root, split, labelsOnly).scan();
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

  private static boolean present(List<PathPattern> patterns, Path root, String split) {
    return patterns.stream().anyMatch(p -> Files.isDirectory(p.fixedFolder(root, split)));
  }

  private static String expected(DatasetFormat format, String split) {
    return format.layouts().stream()
        .map(l -> shown(l.images(), split) + " with " + shown(l.truths(), split))
        .collect(Collectors.joining("; or "));
  }

  private static String shown(List<PathPattern> patterns, String split) {
    return patterns.stream().map(p -> p.shown(split)).collect(Collectors.joining(" or "));
  }

  private static String advice(DatasetFormat format) {
    return (format.obtain().isEmpty() ? "" : ". " + format.obtain())
        + ". Give the dataset's folder as its root";
  }

  /** One look through one layout. */
  private static final class Scanner {
    private final DatasetFormat format;
    private final Layout layout;
    private final Path root;
    private final String split;
    private final boolean labelsOnly;
    private final List<Problem> problems = new ArrayList<>();

    Scanner(DatasetFormat format, Layout layout, Path root, String split, boolean labelsOnly) {
      this.format = format;
      this.layout = layout;
      this.root = root;
      this.split = split;
      this.labelsOnly = labelsOnly;
    }

    FolderScan scan() {
      Map<String, List<Path>> truths = find(layout.truths());
      Map<String, List<Path>> images = labelsOnly ? Map.of() : find(layout.images());
      dropTaken(images, truths);
      Map<String, List<Path>> instances =
          layout.instances().map(p -> find(List.of(p))).orElse(Map.of());
      Set<String> ids = new TreeSet<>(truths.keySet());
      ids.addAll(images.keySet());
      List<Frame> frames = new ArrayList<>();
      for (String id : ids) {
        if (inSplit(id)) {
          frame(id, images, truths, instances).ifPresent(frames::add);
        }
      }
      checkList(ids);
      if (frames.isEmpty() && problems.isEmpty()) {
        throw new BadInputException(
            "dataset "
                + format.name()
                + ": "
                + root
                + " has no frames of split '"
                + split
                + "'; expected there: "
                + expected(format, split)
                + advice(format));
      }
      return new FolderScan(root, frames, problems);
    }

    /** A file that fits several alternatives belongs to the one that fixes most of its name. */
    private Map<String, List<Path>> find(List<PathPattern> patterns) {
      Map<String, List<Path>> out = new TreeMap<>();
      Set<Path> taken = new HashSet<>();
      patterns.stream()
          .sorted(Comparator.comparingInt(PathPattern::fixedCharacters).reversed())
          .forEach(
              pattern ->
                  pattern
                      .find(root, split)
                      .forEach(
                          (id, files) ->
                              files.stream()
                                  .filter(taken::add)
                                  .forEach(
                                      file ->
                                          out.computeIfAbsent(id, k -> new ArrayList<>())
                                              .add(file))));
      return out;
    }

    /** Where one folder holds both kinds, a file belongs to the pattern that fixes more of it. */
    private void dropTaken(Map<String, List<Path>> images, Map<String, List<Path>> truths) {
      boolean truthSaysMore =
          layout.truths().stream().mapToInt(PathPattern::fixedCharacters).max().orElse(0)
              >= layout.images().stream().mapToInt(PathPattern::fixedCharacters).max().orElse(0);
      Map<String, List<Path>> from = truthSaysMore ? images : truths;
      Set<Path> taken = new HashSet<>();
      (truthSaysMore ? truths : images).values().forEach(taken::addAll);
      from.values().forEach(files -> files.removeIf(taken::contains));
      from.values().removeIf(List::isEmpty);
    }

    private boolean inSplit(String id) {
      if (layout.members().isEmpty() || split.equals(ALL)) {
        return true;
      }
      if (layout.members().values().stream().noneMatch(ranges -> in(ranges, id))) {
        problem(
            ProblemKind.NO_SPLIT,
            id,
            "frame "
                + id
                + " belongs to no split of "
                + format.name()
                + "; remove it, or take split 'all'");
        return false;
      }
      return in(layout.members().getOrDefault(split, List.of()), id);
    }

    private static boolean in(List<IdRange> ranges, String id) {
      return ranges.stream().anyMatch(r -> r.contains(id));
    }

    private Optional<Frame> frame(
        String id,
        Map<String, List<Path>> images,
        Map<String, List<Path>> truths,
        Map<String, List<Path>> instances) {
      List<Path> image = images.getOrDefault(id, List.of());
      List<Path> truth = truths.getOrDefault(id, List.of());
      List<Path> objects = instances.getOrDefault(id, List.of());
      boolean good = unique(id, image) & unique(id, truth) & unique(id, objects);
      if (image.isEmpty() && !labelsOnly) {
        problem(
            ProblemKind.MISSING_IMAGE,
            id,
            "frame "
                + id
                + ": labels "
                + truth.get(0)
                + " have no photograph; expected "
                + shown(layout.images(), split).replace("{id}", id));
        good = false;
      }
      if (truth.isEmpty()) {
        problem(
            ProblemKind.MISSING_TRUTH,
            id,
            "frame "
                + id
                + ": photograph "
                + image.get(0)
                + " has no labels; expected "
                + shown(layout.truths(), split).replace("{id}", id));
        good = false;
      }
      return good
          ? Optional.of(
              new Frame(id, image.stream().findFirst(), truth.get(0), objects.stream().findFirst()))
          : Optional.empty();
    }

    private boolean unique(String id, List<Path> files) {
      if (files.size() < 2) {
        return true;
      }
      problem(
          ProblemKind.DUPLICATE_ID,
          id,
          "id "
              + id
              + " occurs "
              + files.size()
              + " times: "
              + files.get(0)
              + " and "
              + files.get(1)
              + "; keep one");
      return false;
    }

    private void checkList(Set<String> found) {
      if (layout.list().isEmpty()) {
        return;
      }
      Path file = root.resolve(layout.list().get().replace("{split}", split));
      if (!Files.isRegularFile(file)) {
        return;
      }
      Set<String> listed = new TreeSet<>();
      for (String line : lines(file)) {
        if (!line.isBlank()) {
          String id = listedId(line.strip().split("\\s+")[0]);
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
      }
      for (String id : found) {
        if (!listed.contains(id) && inSplit(id)) {
          problem(
              ProblemKind.LIST_MISMATCH, id, "frame " + id + " is there but not listed in " + file);
        }
      }
    }

    private String listedId(String path) {
      String name = path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
      for (PathPattern pattern : layout.images()) {
        Optional<String> id = pattern.id(name, split);
        if (id.isPresent()) {
          return id.get();
        }
      }
      return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static List<String> lines(Path file) {
      try {
        return Files.readAllLines(file);
      } catch (IOException e) {
        throw new BadInputException(file + ": cannot be read as text: " + e.getMessage(), e);
      }
    }

    private void problem(ProblemKind kind, String id, String message) {
      problems.add(new Problem(kind, id, message));
    }
  }
}
