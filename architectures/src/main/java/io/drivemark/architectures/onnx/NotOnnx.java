package io.drivemark.architectures.onnx;

import io.drivemark.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a file is that holds no ONNX model, and what to do about it. Stateless. */
final class NotOnnx {
  private static final int LOOKED_AT = 512;
  private static final String LFS = "version https://git-lfs.github.com/spec/";
  private static final Pattern LFS_SIZE = Pattern.compile("(?m)^size (\\d{1,18})$");

  private NotOnnx() {}

  /**
   * The refusal of a file.
   *
   * @param why what was found instead of a model, in words
   */
  static BadInputException refusal(String source, byte[] bytes, String why) {
    return new BadInputException(
        source
            + ": "
            + kind(bytes)
                .orElse(
                    "is damaged or no ONNX model ("
                        + bytes.length
                        + " bytes; "
                        + why
                        + "); copy, download or export it again"));
  }

  /** Whether bytes are a Git-LFS pointer, which stands where a large file should. */
  static boolean isLfsPointer(byte[] bytes) {
    return beginning(bytes).startsWith(LFS);
  }

  /** What a Git-LFS pointer is and what to do about it; the subject goes before it. */
  static String lfs(byte[] bytes) {
    Matcher size = LFS_SIZE.matcher(beginning(bytes));
    return "is a Git-LFS pointer, not the file itself"
        + (size.find() ? ", which has " + size.group(1) + " bytes" : "")
        + "; fetch it in its repository with: git lfs pull";
  }

  private static Optional<String> kind(byte[] bytes) {
    String text = beginning(bytes);
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (bytes.length == 0) {
      return Optional.of("is empty (0 bytes); copy, download or export it again");
    }
    if (isLfsPointer(bytes)) {
      return Optional.of(lfs(bytes));
    }
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return Optional.of(
          "is a web page, not an ONNX model: the address led to a page about the file; download the"
              + " file itself");
    }
    if (text.startsWith("PK\3\4")) {
      return Optional.of(
          "is a zip archive, not an ONNX model; unpack it and give the .onnx file in it (PyTorch"
              + " files are such archives too: these end in .pt or .pth)");
    }
    if (text.startsWith("\u001f\u008b")) {
      return Optional.of("is compressed by gzip; unpack it with gunzip");
    }
    if (text.chars().allMatch(c -> c >= ' ' && c < 127 || Character.isWhitespace(c))) {
      String line = text.strip().lines().findFirst().orElse("");
      return Optional.of(
          "is a text, not an ONNX model: it begins with '"
              + line.substring(0, Math.min(60, line.length()))
              + "'; copy, download or export the model again");
    }
    return Optional.empty();
  }

  private static String beginning(byte[] bytes) {
    return new String(bytes, 0, Math.min(LOOKED_AT, bytes.length), StandardCharsets.ISO_8859_1);
  }
}
