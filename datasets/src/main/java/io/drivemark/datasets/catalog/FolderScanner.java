package io.drivemark.datasets.catalog;

import io.drivemark.datasets.catalog.FolderScan.Problem;
import io.drivemark.datasets.catalog.FolderScan.ProblemKind;
import io.drivemark.datasets.catalog.Layout.Member;
import io.drivemark.datasets.catalog.PathPattern.Found;
import io.drivemark.datasets.catalog.UnlabelledDataset.Picture;
import io.drivemark.datasets.files.FileNames;
import io.drivemark.datasets.files.FileTree;
import io.drivemark.datasets.files.NaturalOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One look through one layout of a dataset's folders. For one thread, one {@link #scan}. */
final class FolderScanner {
  /** The split that takes all frames of a layout whose folders do not tell splits apart. */
  static final String ALL = "all";

  private final DatasetFormat format;
  private final Layout layout;
  private final Path root;
  private final String split;
  private final String folder;
  private final boolean labelsOnly;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Path> brokenLinks = new TreeSet<>();
  private final Map<List<PathPattern>, List<Path>> beside = new HashMap<>();
  private Optional<Set<String>> selected = Optional.empty();

  FolderScanner(DatasetFormat format, Layout layout, Path root, String split, boolean labelsOnly) {
    this.format = format;
    this.layout = layout;
    this.root = root;
    this.split = split;
    this.folder = format.folderOf(split);
    this.labelsOnly = labelsOnly;
  }

  FolderScan scan() {
    Map<String, List<Found>> truths = find(layout.truths());
    Map<String, List<Found>> images = labelsOnly ? Map.of() : find(layout.images());
    dropTaken(images, truths);
    Map<String, List<Found>> instances = find(layout.instances());
    Map<String, List<Found>> depths = find(layout.depths());
    Map<String, List<Found>> rights = labelsOnly ? Map.of() : find(layout.rights());
    Map<String, List<Found>> confidences = find(layout.confidences());
    Map<String, List<Found>> cameras = find(layout.cameras());
    Map<String, List<Found>> streams = labelsOnly ? Map.of() : find(layout.streams());
    Set<String> ids = new TreeSet<>(truths.keySet());
    if (!layout.spareImages()) {
      ids.addAll(images.keySet());
    }
    ListFile lists = lists();
    Set<String> here = here(ids);
    List<FrameFiles> frames = new ArrayList<>();
    for (String id : NaturalOrder.sorted(here)) {
      frame(id, images, truths, instances, depths, rights, confidences, cameras, streams)
          .ifPresent(frames::add);
    }
    selected.ifPresent(names -> checkSelection(names, ids));
    lists.check(ids, here);
    if (frames.isEmpty() && problems.isEmpty()) {
      throw FolderScan.noFrames(format, root, split);
    }
    return new FolderScan(root, frames, problems);
  }

  /** Whether any file lies where labels are expected. */
  boolean hasTruths() {
    Map<String, List<Found>> truths = find(layout.truths());
    dropTaken(find(layout.images()), truths);
    return !truths.isEmpty();
  }

  /** The photographs of a split that has no labels. */
  List<Picture> unlabelled() {
    Map<String, List<Found>> images = find(layout.images());
    ListFile lists = lists();
    Set<String> here = here(images.keySet());
    List<Picture> out = new ArrayList<>();
    for (String id : NaturalOrder.sorted(here)) {
      if (unique(id, images.get(id))) {
        Found file = images.get(id).get(0);
        out.add(new Picture(id, file.path(), format.attributesOf(id, file.words())));
      }
    }
    lists.check(images.keySet(), here);
    new FolderScan(root, List.of(), problems).requireComplete(format.name(), split);
    return out;
  }

  /** The list files, once all folders are looked through; says what is wrong with links. */
  private ListFile lists() {
    brokenLinks.forEach(link -> problem(ProblemKind.BROKEN_LINK, "", FileTree.brokenLink(link)));
    ListFile lists = new ListFile(layout, root, folder, problems);
    selected = layout.selection().map(file -> lists.selected(file, split));
    return lists;
  }

  /** Those of the ids that belong to the split. */
  private Set<String> here(Set<String> ids) {
    Set<String> here = new TreeSet<>(ids);
    here.removeIf(id -> !isInSplit(id));
    ids.stream().filter(this::isInNoSplit).forEach(this::inNoSplit);
    return here;
  }

  /** A file that fits several alternatives belongs to the one that fixes most of its name. */
  private Map<String, List<Found>> find(List<PathPattern> patterns) {
    Map<String, List<Found>> out = new TreeMap<>();
    Set<Path> taken = new HashSet<>();
    List<Path> broken = new ArrayList<>();
    patterns.stream()
        .sorted(Comparator.comparingInt(PathPattern::fixedCharacters).reversed())
        .flatMap(pattern -> pattern.find(root, folder, broken).stream())
        .filter(found -> taken.add(found.path()))
        .forEach(found -> out.computeIfAbsent(found.id(), k -> new ArrayList<>()).add(found));
    brokenLinks.addAll(broken);
    return out;
  }

  /** Where one folder holds both kinds, a file belongs to the pattern that fixes more of it. */
  private void dropTaken(Map<String, List<Found>> images, Map<String, List<Found>> truths) {
    boolean truthSaysMore = fixed(layout.truths()) >= fixed(layout.images());
    Map<String, List<Found>> from = truthSaysMore ? images : truths;
    Set<Path> taken = new HashSet<>();
    (truthSaysMore ? truths : images)
        .values()
        .forEach(files -> files.forEach(found -> taken.add(found.path())));
    from.values().forEach(files -> files.removeIf(found -> taken.contains(found.path())));
    from.values().removeIf(List::isEmpty);
  }

  private static int fixed(List<PathPattern> patterns) {
    return patterns.stream().mapToInt(PathPattern::fixedCharacters).max().orElse(0);
  }

  private boolean isInSplit(String id) {
    if (selected.isPresent()) {
      return selected.get().contains(id);
    }
    return hasAllFrames() || in(layout.members().getOrDefault(split, List.of()), id);
  }

  private boolean isInNoSplit(String id) {
    return selected.isEmpty()
        && !hasAllFrames()
        && layout.members().values().stream().noneMatch(members -> in(members, id));
  }

  private boolean hasAllFrames() {
    return layout.members().isEmpty() || split.equals(ALL);
  }

  private void inNoSplit(String id) {
    problem(
        ProblemKind.NO_SPLIT,
        id,
        "frame "
            + id
            + " belongs to no split of "
            + format.name()
            + "; remove it, or take split 'all'");
  }

  private static boolean in(List<Member> members, String id) {
    return members.stream().anyMatch(m -> m.contains(id));
  }

  private void checkSelection(Set<String> names, Set<String> ids) {
    for (String name : names) {
      if (!ids.contains(name)) {
        problem(
            ProblemKind.LIST_MISMATCH,
            name,
            "frame "
                + name
                + " is listed in "
                + layout.selection().orElseThrow().file().replace("{split}", folder)
                + " but has no labels; expected "
                + FolderScan.shown(layout.truths(), folder));
      }
    }
  }

  private Optional<FrameFiles> frame(
      String id,
      Map<String, List<Found>> images,
      Map<String, List<Found>> truths,
      Map<String, List<Found>> instances,
      Map<String, List<Found>> depths,
      Map<String, List<Found>> rights,
      Map<String, List<Found>> confidences,
      Map<String, List<Found>> cameras,
      Map<String, List<Found>> streams) {
    List<Found> image = images.getOrDefault(id, List.of());
    List<Found> truth = truths.getOrDefault(id, List.of());
    List<Found> objects = instances.getOrDefault(id, List.of());
    List<Found> depth = depths.getOrDefault(id, List.of());
    List<Found> right = rights.getOrDefault(id, List.of());
    List<Found> confidence = confidences.getOrDefault(id, List.of());
    List<Found> camera = cameras.getOrDefault(id, List.of());
    boolean good = unique(id, image) & unique(id, truth) & unique(id, objects) & unique(id, depth);
    good &= unique(id, right) & unique(id, confidence) & unique(id, camera);
    if (image.isEmpty() && !labelsOnly) {
      problem(
          ProblemKind.MISSING_IMAGE,
          id,
          "frame "
              + id
              + ": labels "
              + truth.get(0).path()
              + " have no photograph; expected "
              + FolderScan.shown(layout.images(), folder).replace("{id}", id)
              + near(layout.images(), id));
      good = false;
    }
    if (truth.isEmpty()) {
      problem(
          ProblemKind.MISSING_TRUTH,
          id,
          "frame "
              + id
              + ": photograph "
              + image.get(0).path()
              + " has no labels; expected "
              + FolderScan.shown(layout.truths(), folder).replace("{id}", id)
              + near(layout.truths(), id));
      good = false;
    }
    return good
        ? Optional.of(
            new FrameFiles(
                id,
                first(image),
                truth.get(0).path(),
                first(objects),
                first(depth),
                first(right),
                first(confidence),
                first(camera),
                before(id, streams),
                format.attributesOf(id, truth.get(0).words())))
        : Optional.empty();
  }

  /** The pictures whose numbers lead up to a frame's without a gap, the nearest first. */
  private static List<Path> before(String id, Map<String, List<Found>> streams) {
    List<Path> out = new ArrayList<>();
    Optional<FrameNumber> number = FrameNumber.of(id);
    Optional<Path> next = number.flatMap(n -> before(n, 1, streams));
    while (next.isPresent()) {
      out.add(next.get());
      next = before(number.get(), out.size() + 1, streams);
    }
    return out;
  }

  private static Optional<Path> before(
      FrameNumber number, int count, Map<String, List<Found>> streams) {
    return number.earlier(count).flatMap(id -> first(streams.getOrDefault(id, List.of())));
  }

  /** Names what lies there under nearly the name, and the pattern that would find it. */
  private String near(List<PathPattern> patterns, String id) {
    if (patterns.isEmpty()) {
      return "";
    }
    List<Path> files =
        beside.computeIfAbsent(patterns, p -> FolderScan.filesWhere(p, root, folder));
    return FileNames.near(files, id)
        .map(
            file ->
                "; found "
                    + file
                    + FileNames.pattern(file, id)
                        .map(name -> ", which the pattern " + name + " would find")
                        .orElse(""))
        .orElse("");
  }

  private static Optional<Path> first(List<Found> files) {
    return files.stream().findFirst().map(Found::path);
  }

  private boolean unique(String id, List<Found> files) {
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
            + files.get(0).path()
            + " and "
            + files.get(1).path()
            + "; keep one");
    return false;
  }

  private void problem(ProblemKind kind, String id, String message) {
    problems.add(new Problem(kind, id, message));
  }
}
