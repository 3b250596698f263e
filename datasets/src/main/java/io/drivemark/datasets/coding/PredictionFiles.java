package io.drivemark.datasets.coding;

import io.drivemark.datasets.files.FileNames;
import io.drivemark.datasets.files.FilePattern;
import io.drivemark.datasets.files.FileTree;
import io.drivemark.datasets.image.PngMark;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which prediction file belongs to which sample. Files lie anywhere below one folder and are called
 * {@code ID.png}; where the dataset allows it (Cityscapes does) also {@code ID_anything.png}.
 * Immutable.
 *
 * @param folder where the files lie
 * @param files the one file of each sample that has exactly one, by id
 * @param missing ids without a file, sorted
 * @param duplicates ids with several files, and those
 * @param foreign PNG files that belong to no sample
 * @param brokenLinks links below the folder that lead nowhere or in a circle
 * @param expected what a file is called, for messages
 * @param advice what to do about the first file that is missing; may be empty
 */
public record PredictionFiles(
    Path folder,
    Map<String, Path> files,
    List<String> missing,
    Map<String, List<Path>> duplicates,
    List<Path> foreign,
    List<Path> brokenLinks,
    String expected,
    String advice) {
  private static final String SUFFIX = ".png";

  /** What messages call a file, unless told otherwise. */
  public static final String PREDICTION = "prediction";

  /** Names that a message has of one kind of problem. */
  private static final int MOST_NAMES = 20;

  /** Samples of which a message names all files. */
  private static final int MOST_DUPLICATES = 5;

  public PredictionFiles {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    missing = List.copyOf(missing);
    duplicates = Collections.unmodifiableMap(new TreeMap<>(duplicates));
    foreign = List.copyOf(foreign);
    brokenLinks = List.copyOf(brokenLinks);
  }

  /** Where {@code predict} writes a sample's prediction. */
  public static Path file(Path folder, String id) {
    return folder.resolve(id + SUFFIX);
  }

  /**
   * Insists that writing a prediction replaces nothing but an earlier one of ours.
   *
   * @throws BadInputException if another file is there
   */
  public static void requireReplaceable(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean ours;
    try {
      ours = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && PngMark.isOn(file);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (!ours) {
      throw new BadInputException(
          file
              + ": there already, and no prediction that Drivemark wrote; it is not replaced: give"
              + " another folder, or remove the file if it is not needed");
    }
  }

  /**
   * Looks for predictions.
   *
   * @param ids the samples
   * @param suffixes whether {@code ID_anything.png} counts as well
   * @throws BadInputException if the folder is not there
   */
  public static PredictionFiles find(Path folder, Collection<String> ids, boolean suffixes) {
    return find(folder, ids, suffixes, PREDICTION);
  }

  /**
   * As {@link #find(Path, Collection, boolean)} for files that are no predictions but lie like
   * them.
   *
   * @param noun what messages call one, for example {@code "confidence file"}
   */
  public static PredictionFiles find(
      Path folder, Collection<String> ids, boolean suffixes, String noun) {
    return find(folder, ids, suffixes, noun, Optional.empty());
  }

  /**
   * As {@link #find(Path, Collection, boolean, String)}, by a pattern.
   *
   * @param pattern what files are called; those that do not fit it are left alone
   */
  public static PredictionFiles find(
      Path folder,
      Collection<String> ids,
      boolean suffixes,
      String noun,
      Optional<FilePattern> pattern) {
    String expected = pattern.map(FilePattern::toString).orElse("ID.png");
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          folder
              + (Files.exists(folder) ? ": not a folder" : ": no such folder")
              + "; expected "
              + noun
              + "s there, one "
              + expected
              + " for each sample");
    }
    Set<String> sampleIds = new HashSet<>(ids);
    Map<String, List<Path>> byId = new TreeMap<>();
    List<Path> foreign = new ArrayList<>();
    FileTree tree = FileTree.below(folder);
    for (Path path : tree.files()) {
      Optional<String> named = pattern.flatMap(p -> p.id(folder, path));
      if (pattern.isPresent() ? named.isPresent() : path.toString().endsWith(SUFFIX)) {
        (pattern.isPresent()
                ? named.filter(sampleIds::contains)
                : id(folder, path, sampleIds, suffixes))
            .ifPresentOrElse(
                id -> byId.computeIfAbsent(id, k -> new ArrayList<>()).add(path),
                () -> foreign.add(path));
      }
    }
    Map<String, Path> files = new TreeMap<>();
    Map<String, List<Path>> duplicates = new TreeMap<>();
    byId.forEach(
        (id, paths) -> {
          if (paths.size() == 1) {
            files.put(id, paths.get(0));
          } else {
            duplicates.put(id, List.copyOf(paths));
          }
        });
    List<String> missing = sampleIds.stream().filter(id -> !byId.containsKey(id)).sorted().toList();
    return new PredictionFiles(
        folder,
        files,
        missing,
        duplicates,
        foreign,
        tree.brokenLinks(),
        expected,
        missing.isEmpty() ? "" : advice(tree.files(), missing.get(0)));
  }

  /** The same for some of the samples: files of the others are left out, not foreign. */
  public PredictionFiles of(Collection<String> ids) {
    Set<String> wanted = Set.copyOf(ids);
    Map<String, Path> some = new TreeMap<>(files);
    some.keySet().retainAll(wanted);
    Map<String, List<Path>> several = new TreeMap<>(duplicates);
    several.keySet().retainAll(wanted);
    return new PredictionFiles(
        folder,
        some,
        missing.stream().filter(wanted::contains).toList(),
        several,
        foreign,
        brokenLinks,
        expected,
        advice);
  }

  /**
   * Insists on exactly one file for each sample and no other.
   *
   * @throws BadInputException that names up to twenty missing, duplicate and foreign ones each, and
   *     counts them
   */
  public PredictionFiles requireExact() {
    return requireExact(PREDICTION);
  }

  /**
   * As {@link #requireExact()} for files that are no predictions but lie like them.
   *
   * @param noun what messages call one, for example {@code "confidence file"}
   */
  public PredictionFiles requireExact(String noun) {
    List<String> problems = new ArrayList<>();
    if (!missing.isEmpty()) {
      problems.add(
          counted(missing.size(), "sample", " without a " + noun + ": ") + some(missing) + advice);
    }
    duplicates.values().stream()
        .limit(MOST_DUPLICATES)
        .forEach(paths -> problems.add("two " + noun + "s of one sample: " + some(paths)));
    if (duplicates.size() > MOST_DUPLICATES) {
      problems.add(
          counted(
              duplicates.size() - MOST_DUPLICATES, "more sample", " with several " + noun + "s"));
    }
    if (!foreign.isEmpty()) {
      problems.add(counted(foreign.size(), "file", " of no sample: ") + some(foreign));
    }
    brokenLinks.stream().limit(MOST_NAMES).map(FileTree::brokenLink).forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new BadInputException(
          folder
              + ": expected exactly one "
              + expected
              + " for each sample of the split; found "
              + String.join("; ", problems));
    }
    return this;
  }

  /**
   * By its name; else by its folders and its name joined by {@code _}, where ids are made of both
   * (IDD's {@code 201/frame0029.png} is {@code 201_frame0029}).
   */
  private static Optional<String> id(
      Path folder, Path path, Set<String> sampleIds, boolean suffixes) {
    String name = FileNames.composed(path.getFileName().toString());
    String stem = name.substring(0, name.length() - SUFFIX.length());
    Optional<String> found = id(stem, sampleIds, suffixes);
    Path above = folder.relativize(path).getParent();
    for (; found.isEmpty() && above != null; above = above.getParent()) {
      stem = FileNames.composed(above.getFileName().toString()) + "_" + stem;
      found = id(stem, sampleIds, suffixes);
    }
    return found;
  }

  private static Optional<String> id(String stem, Set<String> sampleIds, boolean suffixes) {
    if (sampleIds.contains(stem)) {
      return Optional.of(stem);
    }
    for (int at = stem.lastIndexOf('_'); suffixes && at > 0; at = stem.lastIndexOf('_', at - 1)) {
      if (sampleIds.contains(stem.substring(0, at))) {
        return Optional.of(stem.substring(0, at));
      }
    }
    return Optional.empty();
  }

  /** What lies there under nearly the name, and what would read it. */
  private static String advice(Collection<Path> files, String id) {
    Optional<Path> near = FileNames.near(files, id);
    if (near.isEmpty()) {
      return "";
    }
    String name = near.get().toString().toLowerCase(Locale.ROOT);
    Optional<String> pattern = FileNames.pattern(near.get(), id);
    if (!name.endsWith(SUFFIX) && !name.endsWith(".npy")) {
      return " (found "
          + near.get()
          + ": predictions are read from PNG and .npy files; convert it without loss)";
    }
    return " (found "
        + near.get()
        + pattern.map(p -> ", which --files '" + p + "' reads").orElse("")
        + ")";
  }

  private static String counted(int count, String noun, String rest) {
    return count + " " + noun + (count == 1 ? "" : "s") + rest;
  }

  private static String some(List<?> items) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(MOST_NAMES, items.size()); i++) {
      out.append(i == 0 ? "" : ", ").append(items.get(i));
    }
    return items.size() > MOST_NAMES ? out + " …" : out.toString();
  }
}
