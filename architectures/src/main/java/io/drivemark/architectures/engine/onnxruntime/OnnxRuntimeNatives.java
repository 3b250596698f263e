package io.drivemark.architectures.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import io.drivemark.datasets.files.CacheFolder;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of ONNX Runtime, unpacked once into the user's cache instead of into a new
 * temporary folder at every start, which the runtime leaves behind. Stateless.
 */
final class OnnxRuntimeNatives {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeNatives.class);

  /** The runtime's own property: where its libraries lie. */
  static final String PROPERTY = "onnxruntime.native.path";

  private OnnxRuntimeNatives() {}

  /**
   * Says where the libraries lie, unless somebody has said so. To be called before the runtime
   * loads; where the cache cannot be used, the runtime unpacks itself as it always does.
   */
  static void prepare() {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    try {
      unpacked(CacheFolder.ofUser())
          .ifPresent(folder -> System.setProperty(PROPERTY, folder.toString()));
    } catch (IOException | UnavailableException e) {
      LOG.debug("the cache cannot be used; the runtime unpacks itself", e);
    }
  }

  /**
   * Unpacks what is not there or damaged.
   *
   * @return the folder; empty if the libraries of this platform are not where they are expected, or
   *     others may write into the folder
   */
  static Optional<Path> unpacked(Path cache) throws IOException {
    Map<String, URL> libraries = new TreeMap<>();
    for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
      String name = System.mapLibraryName(library);
      URL found = OrtEnvironment.class.getResource("native/" + platform() + "/" + name);
      if (found == null) {
        return Optional.empty();
      }
      libraries.put(name, found);
    }
    Map<String, Long> checksums = new TreeMap<>();
    List<String> words = new ArrayList<>(List.of("onnxruntime"));
    for (Map.Entry<String, URL> library : libraries.entrySet()) {
      checksums.put(library.getKey(), checksum(library.getValue()));
      words.add(Long.toHexString(checksums.get(library.getKey())));
    }
    Path folder = cache.resolve(String.join("-", words));
    createPrivate(folder);
    if (!isPrivate(folder)) {
      return Optional.empty();
    }
    for (Map.Entry<String, URL> library : libraries.entrySet()) {
      Path file = folder.resolve(library.getKey());
      if (!Files.isRegularFile(file) || checksum(file) != checksums.get(library.getKey())) {
        write(library.getValue(), file);
      }
    }
    return Optional.of(folder);
  }

  private static void createPrivate(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder.getParent());
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Path made =
          Files.createTempDirectory(
              folder.getParent(),
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.deleteIfExists(made); // another process was faster
      }
    } else {
      Files.createDirectories(folder);
    }
  }

  /** Whether nobody else may write there; what cannot be known is not doubted. */
  private static boolean isPrivate(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return true;
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
    return !rights.contains(PosixFilePermission.GROUP_WRITE)
        && !rights.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static void write(URL library, Path file) {
    DurableFiles.writeQuickly(
        file,
        out -> {
          try (InputStream in = library.openStream()) {
            in.transferTo(out);
          }
        });
  }

  /** Of a file in a jar, by what the jar says. */
  private static long checksum(URL library) throws IOException {
    if (library.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarEntry().getCrc();
    }
    try (InputStream in = library.openStream()) {
      return checksum(in);
    }
  }

  private static long checksum(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return checksum(in);
    }
  }

  private static long checksum(InputStream in) throws IOException {
    CRC32 crc = new CRC32();
    new CheckedInputStream(in, crc).transferTo(OutputStream.nullOutputStream());
    return crc.getValue();
  }

  /** As the runtime calls it: {@code linux-x64}, {@code osx-aarch64}. */
  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return (system.startsWith("windows") ? "win" : system.startsWith("mac") ? "osx" : "linux")
        + "-"
        + (machine.equals("amd64") || machine.equals("x86_64") ? "x64" : machine);
  }
}
