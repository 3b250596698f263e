package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link Reach} as a file that grows: one JSON object a line, the conditions first, then a point
 * each. A last line without an end was being written when the program was killed and is dropped.
 * Stateless.
 */
public final class ReachFile {
  /** The folder of these files, below a study's output folder. */
  public static final String FOLDER = "reach";

  /** 1 was timed without normalisation measured anew; such files are passed over. */
  private static final String SCHEMA = "drivemark-reach/2";

  private static final String SUFFIX = "-2.jsonl";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReachFile() {}

  /** The file for these conditions below an output folder. */
  public static Path file(Path out, Reach.Conditions c) {
    String readable = c.model() + "_" + c.engine().name() + "_" + c.input() + "_seed" + c.seed();
    return out.resolve(FOLDER).resolve(readable.replaceAll("[^A-Za-z0-9._-]+", "-") + SUFFIX);
  }

  /** All that lie below an output folder, by file name; none if there is no such folder. */
  public static List<Reach> all(Path out) {
    Path folder = out.resolve(FOLDER);
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        found.forEach(files::add);
      } catch (IOException e) {
        throw new UnavailableException(folder + ": cannot be read: " + e.getMessage(), e);
      }
    }
    return files.stream().sorted().map(ReachFile::read).flatMap(Optional::stream).toList();
  }

  /**
   * Reads a file.
   *
   * @return empty if there is none, or not even its first line is whole
   * @throws BadInputException if it is something else, or a line is damaged
   */
  public static Optional<Reach> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<JsonFields> lines = new ArrayList<>();
    try {
      String text = Files.readString(file);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      int number = 0;
      for (String line : whole.lines().toList()) {
        lines.add(new JsonFields(file.toString(), "line " + ++number, MAPPER.readTree(line)));
      }
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          file + ": line " + (lines.size() + 1) + ": no valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Reach(
            conditions(lines.get(0)),
            lines.subList(1, lines.size()).stream().map(ReachFile::point).toList()));
  }

  /** Writes a file anew: conditions, and the points that are there. */
  public static void write(Path file, Reach reach) {
    StringBuilder text = new StringBuilder(json(reach.conditions()) + "\n");
    reach.points().forEach(p -> text.append(json(p)).append('\n'));
    DurableFiles.write(file, text.toString());
  }

  /** Adds a point to a file. */
  public static void append(Path file, Reach.Point point) {
    DurableFiles.append(file, json(point) + "\n");
  }

  private static ObjectNode json(Reach.Conditions c) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    out.put("model", c.model());
    out.put("digest", c.digest());
    out.put("engine", c.engine().name());
    out.put("version", c.engine().version().orElse(null));
    out.put("threads", c.engine().threads());
    out.put("precision", c.engine().precision());
    out.put("height", c.input().height());
    out.put("width", c.input().width());
    out.put("seed", c.seed());
    out.put("machine", c.machine());
    return out;
  }

  private static Reach.Conditions conditions(JsonFields in) {
    String schema = in.text("schema");
    if (!schema.equals(SCHEMA)) {
      throw in.problem("schema: found " + schema + ", expected " + SCHEMA);
    }
    return new Reach.Conditions(
        in.text("model"),
        in.text("digest"),
        new EngineFacts(
            in.text("engine"),
            in.optionalText("version"),
            in.integer("threads"),
            in.text("precision")),
        new FrameSize(in.integer("height"), in.integer("width")),
        in.whole("seed"),
        in.text("machine"));
  }

  private static ObjectNode json(Reach.Point p) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("kind", p.kind());
    out.put("number", p.number());
    out.put("macs", p.macs());
    out.put("params", p.params());
    out.put("latency", p.latency());
    out.put("parentMs", p.parentMs());
    return out;
  }

  private static Reach.Point point(JsonFields in) {
    return new Reach.Point(
        in.text("kind"),
        in.integer("number"),
        in.number("macs"),
        in.number("params"),
        in.number("latency"),
        in.number("parentMs"));
  }
}
