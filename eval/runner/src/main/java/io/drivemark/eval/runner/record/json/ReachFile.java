package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.reach.Reach;
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
    List<JsonNode> lines = new ArrayList<>();
    try {
      String text = Files.readString(file);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      for (String line : whole.lines().toList()) {
        lines.add(MAPPER.readTree(line));
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
    JsonPlace first = line(file, 0);
    first.requireSchema(lines.get(0), SCHEMA);
    Reach.Conditions conditions = RecordMapper.read(first, lines.get(0), Header.class).conditions();
    List<Reach.Point> points = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      points.add(RecordMapper.read(line(file, i), lines.get(i), Reach.Point.class));
    }
    return Optional.of(new Reach(conditions, points));
  }

  private static JsonPlace line(Path file, int index) {
    return new JsonPlace(file.toString(), "line " + (index + 1));
  }

  /** Writes a file anew: conditions, and the points that are there. */
  public static void write(Path file, Reach reach) {
    StringBuilder text =
        new StringBuilder(RecordMapper.write(Header.of(reach.conditions())) + "\n");
    reach.points().forEach(p -> text.append(RecordMapper.write(p)).append('\n'));
    DurableFiles.write(file, text.toString());
  }

  /** Adds a point to a file. */
  public static void append(Path file, Reach.Point point) {
    DurableFiles.append(file, RecordMapper.write(point) + "\n");
  }

  /** The first line. */
  private record Header(
      String schema,
      String model,
      String digest,
      String engine,
      Optional<String> version,
      int threads,
      String precision,
      int height,
      int width,
      long seed,
      String machine) {
    static Header of(Reach.Conditions c) {
      return new Header(
          SCHEMA,
          c.model(),
          c.digest(),
          c.engine().name(),
          c.engine().version(),
          c.engine().threads(),
          c.engine().precision(),
          c.input().height(),
          c.input().width(),
          c.seed(),
          c.machine());
    }

    Reach.Conditions conditions() {
      return new Reach.Conditions(
          model,
          digest,
          new EngineFacts(engine, version, threads, precision),
          new FrameSize(height, width),
          seed,
          machine);
    }
  }
}
