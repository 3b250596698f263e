package io.drivemark.datasets.catalog;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where a dataset's files of one kind lie below its root, for example {@code
 * leftImg8bit/{split}/*}{@code /{id}_leftImg8bit.png}. {@code {split}} stands for the split, {@code
 * *} for one folder of any name, {@code **} for any depth of folders, none included, and {@code
 * {id}} for the sample's id, once, in the file name. Immutable.
 */
record PathPattern(String text) {
  private static final String ID = "{id}";

  PathPattern {
    check(text)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("'" + text + "' " + problem);
            });
  }

  /** What is wrong with a pattern's text, if anything. */
  static Optional<String> check(String text) {
    String file = text.substring(text.lastIndexOf('/') + 1);
    int at = text.indexOf(ID);
    if (at < 0 || at != text.lastIndexOf(ID) || !file.contains(ID)) {
      return Optional.of("needs {id} exactly once, in the file name");
    }
    if (text.startsWith("/") || ("/" + text + "/").contains("/../") || text.contains("\\")) {
      return Optional.of("must stay below the dataset's root and use / between folders");
    }
    String rest = text.replace("{split}", "").replace(ID, "");
    if (rest.contains("{") || rest.contains("}")) {
      return Optional.of("knows the placeholders {split} and {id} only");
    }
    if (file.contains("*")) {
      return Optional.of("may have * and ** as whole folder names only");
    }
    return Optional.empty();
  }

  /** The files of one split by sample id; an id that several files claim has several. */
  Map<String, List<Path>> find(Path root, String split) {
    Map<String, List<Path>> out = new TreeMap<>();
    for (Path folder : folders(root, split)) {
      for (Path file : children(folder)) {
        id(file.getFileName().toString(), split)
            .filter(id -> Files.isRegularFile(file))
            .ifPresent(id -> out.computeIfAbsent(id, k -> new ArrayList<>()).add(file));
      }
    }
    return out;
  }

  /** The sample id in a file name, if the name fits the pattern. */
  Optional<String> id(String fileName, String split) {
    String file = text.substring(text.lastIndexOf('/') + 1).replace("{split}", split);
    String before = file.substring(0, file.indexOf(ID));
    String after = file.substring(file.indexOf(ID) + ID.length());
    return fileName.length() > before.length() + after.length()
            && fileName.startsWith(before)
            && fileName.endsWith(after)
        ? Optional.of(fileName.substring(before.length(), fileName.length() - after.length()))
        : Optional.empty();
  }

  /** How many characters of a file name the pattern fixes: more means it says more. */
  int fixedCharacters() {
    return text.length() - text.lastIndexOf('/') - 1 - ID.length();
  }

  /** The folder that must be there before anything can be found. */
  Path fixedFolder(Path root, String split) {
    Path at = root;
    for (String part : folderParts(split)) {
      if (part.startsWith("*")) {
        break;
      }
      at = at.resolve(part);
    }
    return at;
  }

  /** The pattern with the split filled in, for messages. */
  String shown(String split) {
    return text.replace("{split}", split);
  }

  private List<String> folderParts(String split) {
    List<String> parts = new ArrayList<>(List.of(shown(split).split("/")));
    parts.remove(parts.size() - 1);
    parts.removeIf(String::isEmpty);
    return parts;
  }

  private List<Path> folders(Path root, String split) {
    List<Path> at = List.of(root);
    for (String part : folderParts(split)) {
      List<Path> next = new ArrayList<>();
      for (Path folder : at) {
        if (part.equals("**")) {
          next.addAll(below(folder));
        } else if (part.equals("*")) {
          children(folder).stream().filter(Files::isDirectory).forEach(next::add);
        } else if (Files.isDirectory(folder.resolve(part))) {
          next.add(folder.resolve(part));
        }
      }
      at = next;
    }
    return at;
  }

  private static List<Path> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new BadInputException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new BadInputException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
