package io.drivemark.datasets.catalog;

import io.drivemark.datasets.files.FileNames;
import io.drivemark.datasets.files.FileTree;
import io.drivemark.datasets.files.FolderShape;
import io.drivemark.datasets.files.NameEncoding;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a dataset's files of one kind lie below its root, for example {@code
 * leftImg8bit/{split}/{city}}{@code /{id}_leftImg8bit.png}. {@code {split}} stands for the split's
 * folder, {@code *} for one folder of any name, {@code **} for any depth of folders, none included;
 * any other word in braces stands for some characters of one name, the same ones wherever it occurs
 * again. A sample's id is what {@code {id}} stands for, or what the layout's own text makes of
 * several words. Immutable.
 *
 * @param text the pattern
 * @param idText what ids are made of, {@code {id}} unless the layout says otherwise
 */
record PathPattern(String text, String idText) {
  static final String ID = "{id}";
  private static final Name ANY = new Name(Pattern.compile(".*"), List.of());
  private static final Pattern WORD = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");

  PathPattern {
    check(text, idText)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("'" + text + "' " + problem);
            });
  }

  /** A pattern whose {@code {id}} is the sample's id. */
  PathPattern(String text) {
    this(text, ID);
  }

  /**
   * A file that fits a pattern.
   *
   * @param id the sample it belongs to
   * @param path the file
   * @param words what each word of the pattern stands for in it
   */
  record Found(String id, Path path, Map<String, String> words) {}

  /** What one name must look like, and the words that it tells. */
  private record Name(Pattern pattern, List<String> words) {}

  /** What is wrong with a pattern's text, if anything. */
  static Optional<String> check(String text, String idText) {
    String file = text.substring(text.lastIndexOf('/') + 1);
    int at = text.indexOf(ID);
    if (idText.equals(ID) && (at < 0 || at != text.lastIndexOf(ID) || !file.contains(ID))) {
      return Optional.of("needs {id} exactly once, in the file name");
    }
    for (String word : words(idText)) {
      if (!text.contains("{" + word + "}")) {
        return Optional.of("needs {" + word + "}, of which ids are made");
      }
    }
    if (text.startsWith("/") || ("/" + text + "/").contains("/../") || text.contains("\\")) {
      return Optional.of("must stay below the dataset's root and use / between folders");
    }
    String rest = WORD.matcher(text).replaceAll("");
    if (rest.contains("{") || rest.contains("}")) {
      return Optional.of("may have words of letters and digits in braces only");
    }
    for (String part : text.split("/")) {
      boolean whole = part.equals("*") || part.equals("**");
      if (part.contains("*") && !(whole && !part.equals(file))) {
        return Optional.of("may have * and ** as whole folder names only");
      }
    }
    return Optional.empty();
  }

  /** The words in braces of a text, in order. */
  static List<String> words(String text) {
    List<String> out = new ArrayList<>();
    Matcher m = WORD.matcher(text);
    while (m.find()) {
      out.add(m.group(1));
    }
    return out;
  }

  /** A text with its words filled in; empty if one of them is not known. */
  static Optional<String> fill(String text, Map<String, String> words) {
    String out = text;
    for (String word : words(text)) {
      if (!words.containsKey(word)) {
        return Optional.empty();
      }
      out = out.replace("{" + word + "}", words.get(word));
    }
    return Optional.of(out);
  }

  /**
   * The files of one split, in the order of their paths.
   *
   * @param folder what {@code {split}} stands for
   * @param brokenLinks takes links on the way that lead nowhere or in a circle
   */
  List<Found> find(Path root, String folder, List<Path> brokenLinks) {
    List<Found> out = new ArrayList<>();
    Map<String, String> words = new TreeMap<>();
    words.put("split", folder);
    search(root, List.of(text.split("/")), words, out, brokenLinks);
    return out;
  }

  /** The sample id in a path as a list file writes it, if its end fits the pattern. */
  Optional<String> id(String path, String folder) {
    String[] parts = text.split("/");
    String[] listed = path.replace('\\', '/').split("/");
    if (listed.length < parts.length || text.contains("**")) {
      return Optional.empty();
    }
    Map<String, String> words = new TreeMap<>();
    words.put("split", folder);
    for (int i = 0; i < parts.length; i++) {
      String name = listed[listed.length - parts.length + i];
      if (!parts[i].equals("*") && !match(compile(parts[i], words), name, words)) {
        return Optional.empty();
      }
    }
    return fill(idText, words).map(FileNames::composed);
  }

  /** How many characters of a file name the pattern fixes: more means it says more. */
  int fixedCharacters() {
    return WORD.matcher(text.substring(text.lastIndexOf('/') + 1)).replaceAll("").length();
  }

  /** The folder that must be there before anything can be found. */
  Path fixedFolder(Path root, String folder) {
    Path at = root;
    String[] parts = shown(folder).split("/");
    for (int i = 0; i < parts.length - 1; i++) {
      if (parts[i].startsWith("*") || WORD.matcher(parts[i]).find()) {
        break;
      }
      at = at.resolve(parts[i]);
    }
    return at;
  }

  /** The folders in which files that fit may lie, whether they are there or not. */
  FolderShape folders(Path root, String folder) {
    Path base = fixedFolder(root, folder);
    String fixed = root.relativize(base).toString().replace('\\', '/');
    String whole = shown(folder);
    String parts = whole.substring(0, whole.lastIndexOf('/') + 1);
    StringBuilder below = new StringBuilder();
    for (String part : parts.substring(fixed.isEmpty() ? 0 : fixed.length() + 1).split("/")) {
      if (part.equals("**")) {
        below.append("(?:[^/]+/)*");
      } else if (!part.isEmpty()) {
        below.append(part.equals("*") ? "[^/]+" : anyWords(part)).append('/');
      }
    }
    return new FolderShape(base, Pattern.compile(below.toString()));
  }

  private static String anyWords(String part) {
    StringBuilder out = new StringBuilder();
    Matcher m = WORD.matcher(part);
    int from = 0;
    for (; m.find(); from = m.end()) {
      out.append(Pattern.quote(part.substring(from, m.start()))).append("[^/]+?");
    }
    return out.append(Pattern.quote(part.substring(from))).toString();
  }

  /** The pattern with the split's folder filled in, for messages. */
  String shown(String folder) {
    return text.replace("{split}", folder);
  }

  private void search(
      Path at,
      List<String> parts,
      Map<String, String> words,
      List<Found> out,
      List<Path> brokenLinks) {
    String part = parts.get(0);
    List<String> rest = parts.subList(1, parts.size());
    if (part.equals("**")) {
      if (Files.isDirectory(at)) {
        FileTree tree = FileTree.below(at);
        brokenLinks.addAll(tree.brokenLinks());
        tree.folders().forEach(folder -> search(folder, rest, words, out, brokenLinks));
      }
      return;
    }
    Optional<String> fixed = part.equals("*") ? Optional.empty() : fill(part, words);
    if (fixed.isPresent() && !rest.isEmpty()) {
      enter(at.resolve(fixed.get()), rest, words, out, brokenLinks);
      return;
    }
    Name name = part.equals("*") ? ANY : compile(part, words);
    for (Path child : children(at)) {
      Map<String, String> bound = new TreeMap<>(words);
      if (!match(name, child.getFileName().toString(), bound)) {
        continue;
      }
      if (!rest.isEmpty()) {
        enter(child, rest, bound, out, brokenLinks);
      } else if (Files.isRegularFile(child)) {
        String id = FileNames.composed(fill(idText, bound).orElseThrow());
        out.add(new Found(id, child, bound));
      } else if (Files.isSymbolicLink(child) && !Files.exists(child)) {
        brokenLinks.add(child);
      }
    }
  }

  private void enter(
      Path folder,
      List<String> rest,
      Map<String, String> words,
      List<Found> out,
      List<Path> brokenLinks) {
    if (Files.isDirectory(folder)) {
      search(folder, rest, words, out, brokenLinks);
    } else if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
      brokenLinks.add(folder);
    }
  }

  /** Words that are known already stand for exactly that. */
  private static Name compile(String part, Map<String, String> bound) {
    StringBuilder out = new StringBuilder();
    List<String> here = new ArrayList<>();
    Matcher m = WORD.matcher(part);
    int from = 0;
    while (m.find()) {
      String word = m.group(1);
      out.append(Pattern.quote(part.substring(from, m.start())));
      if (bound.containsKey(word)) {
        out.append(Pattern.quote(bound.get(word)));
      } else {
        out.append(here.contains(word) ? "\\k<" + word + ">" : "(?<" + word + ">.+?)");
        here.add(word);
      }
      from = m.end();
    }
    out.append(Pattern.quote(part.substring(from)));
    return new Name(Pattern.compile(out.toString()), here);
  }

  /** Whether a name fits; if so, what its words stand for is added. */
  private static boolean match(Name name, String text, Map<String, String> words) {
    Matcher m = name.pattern().matcher(text);
    if (!m.matches()) {
      return false;
    }
    name.words().forEach(word -> words.put(word, m.group(word)));
    return true;
  }

  /** The files of one folder, sorted. */
  static Stream<Path> filesIn(Path folder) {
    return children(folder).stream().filter(Files::isRegularFile);
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      Path[] sorted =
          all.filter(path -> !FileNames.isLitter(path))
              .map(NameEncoding::requireReadable)
              .toArray(Path[]::new);
      Arrays.sort(sorted);
      return List.of(sorted);
    } catch (IOException e) {
      throw new BadInputException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
