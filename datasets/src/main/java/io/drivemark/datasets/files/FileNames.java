package io.drivemark.datasets.files;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is to be known of file names before they are compared. Stateless. */
public final class FileNames {
  private static final Set<String> LITTER = Set.of("__MACOSX", ".DS_Store", "Thumbs.db");

  private FileNames() {}

  /**
   * Whether a file or folder is what systems leave beside files: {@code ._name}, {@code __MACOSX},
   * {@code .DS_Store}, {@code Thumbs.db}. Such are never samples.
   */
  public static boolean isLitter(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith("._") || LITTER.contains(name);
  }

  /** A name with its accents composed (Unicode NFC): macOS stores them apart. */
  public static String composed(String name) {
    // The rules of Unicode take a while to load, and most names need none.
    return isAscii(name) || Normalizer.isNormalized(name, Normalizer.Form.NFC)
        ? name
        : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  /**
   * The file that was probably meant for a sample: one in whose name the sample's id stands, in
   * letters of any case, with no letter or digit before or after it.
   */
  public static Optional<Path> near(Collection<Path> files, String id) {
    String wanted = id.toLowerCase(Locale.ROOT);
    return files.stream()
        .filter(file -> !isLitter(file))
        .filter(
            file -> {
              String name = composed(file.getFileName().toString()).toLowerCase(Locale.ROOT);
              int from = name.indexOf(wanted);
              int to = from + wanted.length();
              return from >= 0
                  && to < name.length()
                  && !Character.isLetterOrDigit(name.charAt(to))
                  && (from == 0 || !Character.isLetterOrDigit(name.charAt(from - 1)));
            })
        .sorted()
        .findFirst();
  }

  /** A file's name with {@code {id}} for the sample's id, as a pattern that would find it. */
  public static Optional<String> pattern(Path file, String id) {
    String name = composed(file.getFileName().toString());
    int at = name.indexOf(id);
    return at < 0
        ? Optional.empty()
        : Optional.of(name.substring(0, at) + "{id}" + name.substring(at + id.length()));
  }
}
