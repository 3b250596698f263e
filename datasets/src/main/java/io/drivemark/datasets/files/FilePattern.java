package io.drivemark.datasets.files;

import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What files of samples are called below a folder: {@code {id}} stands for the sample's id, any
 * other word in braces for some characters of a name, the same ones wherever it occurs again,
 * {@code *} for any characters of a name, {@code **} for any folders. A pattern without a folder
 * fits files at any depth. Immutable.
 */
public final class FilePattern {
  private static final Pattern TOKEN =
      Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}|\\*\\*/|\\*|[{}]");

  private final String text;
  private final Pattern pattern;

  private FilePattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @param option that gave it, for the message
   * @throws BadInputException if it does not have {@code {id}} once, or has other braces
   */
  public static FilePattern of(String option, String text) {
    StringBuilder out = new StringBuilder(text.contains("/") ? "" : "(?:[^/]+/)*");
    Set<String> words = new HashSet<>();
    Matcher m = TOKEN.matcher(text);
    int from = 0;
    for (; m.find(); from = m.end()) {
      out.append(Pattern.quote(text.substring(from, m.start())));
      String word = m.group(1);
      if (word != null) {
        out.append(words.add(word) ? "(?<" + word + ">[^/]+?)" : "\\k<" + word + ">");
      } else if (m.group().equals("**/")) {
        out.append("(?:[^/]+/)*");
      } else if (m.group().equals("*")) {
        out.append("[^/]*");
      } else {
        words.clear();
        break;
      }
    }
    if (!words.contains("id") || text.startsWith("/") || text.contains("..")) {
      throw new BadInputException(
          option
              + " is '"
              + text
              + "', expected a path below the folder with {id} for the sample's id and * or {word}"
              + " for what differs, for example '{city}/{id}_pred.png'");
    }
    out.append(Pattern.quote(text.substring(from)));
    return new FilePattern(text, Pattern.compile(out.toString()));
  }

  /** The id in a file's path, if the path fits. */
  public Optional<String> id(Path folder, Path file) {
    String path = folder.relativize(file).toString().replace('\\', '/');
    Matcher m = pattern.matcher(FileNames.composed(path));
    return m.matches() ? Optional.of(m.group("id")) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
