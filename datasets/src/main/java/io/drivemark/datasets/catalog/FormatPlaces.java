package io.drivemark.datasets.catalog;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.files.FolderShape;
import io.drivemark.datasets.files.ReadPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a declared dataset is read from, all of its splits. Stateless. */
final class FormatPlaces {
  private FormatPlaces() {}

  /**
   * The folders of all patterns and splits, the files beside them, and the declaration.
   *
   * @param root the dataset's folder
   */
  static ReadPlaces of(DatasetFormat format, Path root, DatasetRequest request) {
    List<FolderShape> folders = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (String folder : splitFolders(format, root, request.split())) {
      for (Layout layout : format.layouts()) {
        patterns(layout).forEach(pattern -> folders.add(pattern.folders(root, folder)));
        layout.list().ifPresent(list -> files.add(file(root, list, folder)));
        layout.selection().ifPresent(chosen -> files.add(file(root, chosen.file(), folder)));
      }
      format.truth().segments().ifPresent(json -> files.add(file(root, json, folder)));
      for (AttributeFile rule : format.attributeFiles()) {
        rule.files().forEach(name -> files.add(file(root, name, folder)));
      }
    }
    if (LabelSpaces.isYaml(request.name())) {
      files.add(Path.of(request.name()));
    }
    return ReadPlaces.of("dataset " + format.name(), folders, files);
  }

  private static Path file(Path root, String text, String folder) {
    return root.resolve(text.replace("{split}", folder));
  }

  private static List<PathPattern> patterns(Layout layout) {
    return Stream.of(
            layout.images(),
            layout.truths(),
            layout.instances(),
            layout.depths(),
            layout.rights(),
            layout.confidences(),
            layout.cameras(),
            layout.streams())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * What {@code {split}} stands for: the declared splits, else the one that is asked for and every
   * name for which photographs and labels have a folder.
   */
  private static Set<String> splitFolders(DatasetFormat format, Path root, String split) {
    Set<String> out = new LinkedHashSet<>();
    out.add(format.folderOf(split));
    format.splits().forEach(declared -> out.add(format.folderOf(declared)));
    if (format.splits().isEmpty()) {
      out.addAll(found(format, root));
    }
    return out;
  }

  /**
   * The splits of a declaration that names none: those of its members, else the names for which
   * photographs and labels have a folder, else, where no pattern tells splits apart, {@code all}.
   */
  static List<String> splits(DatasetFormat format, Path root) {
    Set<String> out = new TreeSet<>();
    format.layouts().forEach(layout -> out.addAll(layout.members().keySet()));
    out.addAll(found(format, root));
    boolean apart =
        format.layouts().stream()
            .flatMap(layout -> patterns(layout).stream())
            .anyMatch(pattern -> pattern.text().contains("{split}"));
    if (out.isEmpty() && !apart) {
      out.add(FolderScanner.ALL);
    }
    return List.copyOf(out);
  }

  private static Set<String> found(DatasetFormat format, Path root) {
    Set<String> out = new TreeSet<>();
    for (Layout layout : format.layouts()) {
      Set<String> both = present(layout.truths(), root);
      if (!layout.images().isEmpty()) {
        both.retainAll(present(layout.images(), root));
      }
      out.addAll(both);
    }
    return out;
  }

  /** The names of folders that a pattern with {@code {split}} in its first open part finds. */
  private static Set<String> present(List<PathPattern> patterns, Path root) {
    Set<String> out = new LinkedHashSet<>();
    for (PathPattern pattern : patterns) {
      Path at = root;
      for (String part : pattern.text().split("/")) {
        if (!part.contains("{split}")) {
          if (part.contains("{") || part.contains("*")) {
            break;
          }
          at = at.resolve(part);
          continue;
        }
        String[] around = part.split("\\{split}", 2);
        if (!around[1].contains("{") && !around[0].contains("{")) {
          Pattern name =
              Pattern.compile(Pattern.quote(around[0]) + "(.+)" + Pattern.quote(around[1]));
          folders(at).stream()
              .map(name::matcher)
              .filter(java.util.regex.Matcher::matches)
              .forEach(m -> out.add(m.group(1)));
        }
        break;
      }
    }
    return out;
  }

  private static List<String> folders(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of(); // Not there: no split lies in it.
    }
  }
}
