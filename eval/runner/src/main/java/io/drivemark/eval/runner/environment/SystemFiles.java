package io.drivemark.eval.runner.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What Linux says of itself in files. On other systems, and where a file cannot be read, the answer
 * is absent. Immutable, thread-safe.
 */
final class SystemFiles {
  private static final Pattern PROCESSOR = Pattern.compile("cpu[0-9]+");
  private static final Pattern TICK = Pattern.compile("CONFIG_HZ=([0-9]{1,6})");
  private static final Pattern MICROCODE = Pattern.compile("microcode\\s*:\\s*(\\S+)");

  private final Path root;

  /**
   * @param root {@code /}, in tests a folder
   */
  SystemFiles(Path root) {
    this.root = root;
  }

  /** How clocks are set, from the processors' {@code scaling_governor}. */
  Optional<String> governor() {
    Path processors = root.resolve("sys/devices/system/cpu");
    if (!Files.isDirectory(processors)) {
      return Optional.empty();
    }
    TreeSet<String> words = new TreeSet<>();
    try (Stream<Path> all = Files.list(processors)) {
      for (Path processor : all.toList()) {
        if (PROCESSOR.matcher(processor.getFileName().toString()).matches()) {
          firstLine(processor.resolve("cpufreq/scaling_governor")).ifPresent(words::add);
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // what is not readable is not known
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(",", words));
  }

  /** The kernel's interrupts a second, from its configuration. */
  Optional<Integer> tickHz(String kernel) {
    Optional<String> found = find(root.resolve("proc/config.gz"), true, TICK);
    return found
        .or(() -> find(root.resolve("boot").resolve("config-" + kernel), false, TICK))
        .map(Integer::valueOf);
  }

  /** The first processor's microcode revision. */
  Optional<String> microcode() {
    return find(root.resolve("proc/cpuinfo"), false, MICROCODE);
  }

  private static Optional<String> firstLine(Path file) {
    return lines(file, false).stream().findFirst().map(String::strip).filter(s -> !s.isEmpty());
  }

  private static Optional<String> find(Path file, boolean packed, Pattern wanted) {
    for (String line : lines(file, packed)) {
      Matcher matcher = wanted.matcher(line.strip());
      if (matcher.matches()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private static List<String> lines(Path file, boolean packed) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        InputStream text = packed ? new GZIPInputStream(in) : in;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        out.add(line);
      }
    } catch (IOException e) {
      return List.of(); // sysfs refuses some reads although the file is there
    }
    return out;
  }
}
