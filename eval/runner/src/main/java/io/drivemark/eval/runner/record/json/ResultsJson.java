package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.config.JsonText;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code results.json}: a {@link StudyResult} in the schema {@value #SCHEMA}. A null means
 * undefined or not measured; fields the reader does not know are ignored. Stateless.
 */
public final class ResultsJson {
  /** The schema's name, the first field of the file. */
  public static final String SCHEMA = "drivemark-run/1";

  private ResultsJson() {}

  /** Made for the first file that is read. */
  private static final class Reading {
    static final ObjectMapper MAPPER =
        JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /** Writes the file in one step: it is there whole or not at all. */
  public static void write(Path file, StudyResult result) {
    writeNode(file, tree(result));
  }

  /**
   * Reads the file.
   *
   * @throws BadInputException if it is missing, no JSON, of another schema, or a field is missing
   *     or of the wrong kind
   */
  public static StudyResult read(Path file) {
    JsonPlace at = new JsonPlace(file.toString(), "");
    JsonNode node = readNode(file);
    at.requireSchema(node, SCHEMA);
    return RecordMapper.read(at, node, ResultsView.class).result(at);
  }

  /** The JSON tree of a result. */
  public static ObjectNode tree(StudyResult result) {
    return RecordMapper.write(ResultsView.of(result));
  }

  /** The JSON object of an environment. */
  public static ObjectNode environment(Environment environment) {
    return RecordMapper.write(environment);
  }

  /** Adds a number to a JSON object; null where there is none. */
  public static void put(ObjectNode out, String key, OptionalDouble value) {
    if (value.isPresent()) {
      out.put(key, value.getAsDouble());
    } else {
      out.putNull(key);
    }
  }

  /** Adds readings to a JSON array, each as a record has it. */
  public static void readings(ArrayNode out, List<GaugeReading> readings) {
    readings.forEach(reading -> ReadingTree.put(out.addObject(), reading));
  }

  /** Replaces a file by a JSON tree, so that it survives the loss of power. */
  public static void writeNode(Path file, JsonNode node) {
    DurableFiles.write(file, JsonText.indented(node) + "\n");
  }

  /**
   * Reads a JSON tree.
   *
   * @throws BadInputException if it is missing or no JSON
   */
  public static JsonNode readNode(Path file) {
    try {
      return Reading.MAPPER.readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new BadInputException(file + ": no such file", e);
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          file
              + ": line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": no valid JSON: "
              + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The environment of a JSON object.
   *
   * @param source what to call it in messages
   * @throws BadInputException if a field is missing or of the wrong kind
   */
  public static Environment readEnvironment(String source, JsonNode node) {
    return RecordMapper.read(new JsonPlace(source, "environment"), node, Environment.class);
  }
}
