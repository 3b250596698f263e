package io.drivemark.config;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One YAML file while it is being read. Take {@link #root()}, ask it for keys, and at the end call
 * {@link #finish()}, which throws one {@link BadInputException} with every problem found: missing
 * and unknown keys, wrong types, values out of range. Not thread-safe.
 *
 * <pre>{@code
 * ConfigFile file = ConfigFile.read(path);
 * String name = file.root().string("name");
 * int seed = file.root().integer("seed", 1);
 * file.finish();
 * }</pre>
 */
public final class ConfigFile {
  private static final int MOST_BYTES_A_CHARACTER = 4;
  private static final int MOST_PROBLEMS = 100;

  private final String source;
  private final List<String> problems = new ArrayList<>();
  private final List<ConfigMap> maps = new ArrayList<>();
  private final ConfigMap root;
  private int count;

  private ConfigFile(String source, Node node) {
    this.source = source;
    if (!(node instanceof MappingNode mapping)) {
      throw new BadInputException(source + ": expected keys and values (a YAML mapping)");
    }
    this.root = new ConfigMap(this, "", mapping);
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it cannot be read or is no YAML mapping
   */
  public static ConfigFile read(Path path) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(YamlText.MOST_CHARACTERS * MOST_BYTES_A_CHARACTER + 1);
    } catch (NoSuchFileException e) {
      throw new BadInputException(path + ": no such file", e);
    } catch (IOException e) {
      throw new BadInputException(path + ": cannot be read: " + e.getMessage(), e);
    }
    if (bytes.length > YamlText.MOST_CHARACTERS * MOST_BYTES_A_CHARACTER) {
      throw YamlText.tooLong(path.toString());
    }
    return parse(path.toString(), text(path, bytes));
  }

  /**
   * Reads a file that comes with the program.
   *
   * @param beside a class of the package whose resources have it
   * @param name the file's, relative to that package
   * @throws IllegalStateException if there is none: the build is incomplete
   */
  public static ConfigFile shipped(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not shipped beside " + beside.getName());
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("shipped file " + name, e);
    }
  }

  private static String text(Path path, byte[] bytes) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    if (first == 0xFFFE || first == 0xFEFF) {
      throw new BadInputException(path + ": is UTF-16 text, expected UTF-8; save it as UTF-8");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new BadInputException(
          path
              + ": line "
              + line
              + ": the byte 0x"
              + Integer.toHexString(bytes[in.position()] & 0xFF)
              + " is no UTF-8 text; save the file as UTF-8");
    }
    return out.flip().toString();
  }

  /**
   * Parses text.
   *
   * @param source what to call it in messages, usually the file's path
   * @throws BadInputException if it is no YAML mapping
   */
  public static ConfigFile parse(String source, String text) {
    return new ConfigFile(source, YamlText.compose(source, text));
  }

  /** The file's top-level mapping. */
  public ConfigMap root() {
    return root;
  }

  /**
   * Records a problem of the reader's own, for example a value that contradicts another; the first
   * 100 are shown, the others counted.
   */
  public void problem(String message) {
    count++;
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(message);
    }
  }

  /**
   * Reports all that was wrong, keys that nobody asked for included.
   *
   * @throws BadInputException if anything was wrong; the message has one line a problem
   */
  public void finish() {
    for (ConfigMap map : maps) {
      map.reportUnusedKeys();
    }
    if (count == 1) {
      throw new BadInputException(source + ": " + problems.get(0));
    }
    if (count > 1) {
      String more = count <= MOST_PROBLEMS ? "" : "\n  and " + (count - MOST_PROBLEMS) + " more";
      throw new BadInputException(
          source + ": " + count + " problems\n  " + String.join("\n  ", problems) + more);
    }
  }

  /** Whether one more problem would still be shown. */
  boolean showsMore() {
    return problems.size() < MOST_PROBLEMS;
  }

  void register(ConfigMap map) {
    maps.add(map);
  }
}
