package io.drivemark.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Inputs that once were findings, kept as {@code fuzz/NAME/*.b64} among a module's resources. */
final class FuzzCorpus {
  private FuzzCorpus() {}

  /** The kept inputs of a target by file name; none where there is no such folder. */
  static Map<String, byte[]> kept(FuzzTarget target, ClassLoader loader) throws IOException {
    Map<String, byte[]> out = new TreeMap<>();
    URL folder = loader.getResource("fuzz/" + target.name());
    if (folder == null) {
      return out;
    }
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".b64")).toList()) {
        out.put(
            file.getFileName().toString(),
            Base64.getMimeDecoder().decode(Files.readAllBytes(file)));
      }
    } catch (URISyntaxException e) {
      throw new IOException(folder + ": no path", e);
    }
    return out;
  }
}
