package io.drivemark.eval.runner.environment;

import io.drivemark.files.Digests;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Says which Drivemark this is: a digest of the classes and resources of the modules that measure.
 * Pages and the command line are not among them, nor are shipped weights, which cells name one by
 * one: another page or one more network makes no other program of it. It is the same whether the
 * modules lie in jars or in folders. Stateless, thread-safe.
 */
final class ProgramDigest {
  private static final int DIGITS = 16;
  private static final String CLASSES = "io/drivemark/";
  private static final String WEIGHTS = CLASSES + "models/";
  private static final String SERVICES = "META-INF/services/";

  private ProgramDigest() {}

  /** Asked for once a process: it reads the modules' tables of contents. */
  private static final class Once {
    private static final String DIGEST =
        of(
            Stream.of(
                    io.drivemark.files.Digests.class,
                    io.drivemark.eval.latency.NanoClock.class,
                    io.drivemark.architectures.engine.Engine.class,
                    ProgramDigest.class)
                .map(ProgramDigest::place)
                .distinct()
                .toList());
  }

  /** The digest of this program's measuring modules, 16 hexadecimal digits. */
  static String digest() {
    return Once.DIGEST;
  }

  private static Path place(Class<?> inside) {
    try {
      return Path.of(inside.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(inside + " lies at no path", e);
    }
  }

  /** The digest of what lies in jars or folders of classes. */
  static String of(List<Path> places) {
    Map<String, String> all = new TreeMap<>();
    for (Path place : places) {
      try {
        all.putAll(Files.isDirectory(place) ? inFolder(place) : inJar(place));
      } catch (IOException e) {
        throw new UnavailableException(
            place + ": Drivemark's own files cannot be read: " + e.getMessage(), e);
      }
    }
    StringBuilder text = new StringBuilder();
    all.forEach((name, content) -> text.append(name).append(' ').append(content).append('\n'));
    return Digests.of(text.toString()).substring(0, DIGITS);
  }

  private static boolean counts(String name) {
    boolean ours = name.startsWith(CLASSES) && !name.startsWith(WEIGHTS);
    return ours || name.startsWith(SERVICES);
  }

  private static Map<String, String> inJar(Path jar) throws IOException {
    Map<String, String> out = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory() && counts(entry.getName())) {
          out.put(entry.getName(), content(entry.getSize(), entry.getCrc()));
        }
      }
    }
    return out;
  }

  private static Map<String, String> inFolder(Path folder) throws IOException {
    Map<String, String> out = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    byte[] buffer = new byte[1 << 16];
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      if (!counts(name)) {
        continue;
      }
      CRC32 sum = new CRC32();
      long size = 0;
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          sum.update(buffer, 0, n);
          size += n;
        }
      }
      out.put(name, content(size, sum.getValue()));
    }
    return out;
  }

  private static String content(long size, long crc) {
    return size + " " + Long.toHexString(crc);
  }
}
