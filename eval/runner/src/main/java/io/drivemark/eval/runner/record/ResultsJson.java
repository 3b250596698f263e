package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.config.JsonText;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * {@code results.json}: a {@link StudyResult} in the schema {@value #SCHEMA}. A null means
 * undefined or not measured; fields the reader does not know are ignored. Stateless.
 */
public final class ResultsJson {
  /** The schema's name, the first field of the file. */
  public static final String SCHEMA = "drivemark-run/1";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ResultsJson() {}

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
    JsonFields in = new JsonFields(file.toString(), "", readNode(file));
    String schema = in.text("schema");
    if (!schema.equals(SCHEMA)) {
      throw in.problem("schema: found " + schema + ", expected " + SCHEMA);
    }
    return new StudyResult(
        instant(in, "started"),
        instant(in, "finished"),
        in.optionalText("study").orElse(""),
        readEnvironment(in.object("environment")),
        in.objects("entries", EntryJson::read),
        in.texts("findings"));
  }

  /** The JSON tree of a result. */
  public static ObjectNode tree(StudyResult result) {
    ObjectNode out = MAPPER.createObjectNode();
    out.put("schema", SCHEMA);
    out.put("started", result.started().toString());
    out.put("finished", result.finished().toString());
    out.set("environment", environment(result.environment()));
    EntryJson.texts(out.putArray("findings"), result.findings());
    out.put("study", result.study());
    ArrayNode entries = out.putArray("entries");
    result.entries().forEach(entry -> entries.add(EntryJson.write(entry)));
    return out;
  }

  /** The JSON object of an environment. */
  public static ObjectNode environment(Environment environment) {
    ObjectNode out = MAPPER.createObjectNode();
    out.put("processor", environment.processor());
    out.put("physicalCores", environment.physicalCores());
    out.put("logicalCores", environment.logicalCores());
    out.put("memoryBytes", environment.memoryBytes());
    out.put("operatingSystem", environment.operatingSystem());
    out.put("javaRuntime", environment.javaRuntime());
    EntryJson.map(out.putObject("libraries"), environment.libraries());
    EntryJson.put(out, "loadBefore", environment.loadBefore());
    EntryJson.put(out, "loadAfter", environment.loadAfter());
    out.put("fingerprint", environment.fingerprint());
    return out;
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
      return MAPPER.readTree(Files.readString(file));
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
    return readEnvironment(new JsonFields(source, "environment", node));
  }

  private static Environment readEnvironment(JsonFields in) {
    return new Environment(
        in.text("processor"),
        in.integer("physicalCores"),
        in.integer("logicalCores"),
        in.whole("memoryBytes"),
        in.text("operatingSystem"),
        in.text("javaRuntime"),
        in.textMap("libraries"),
        in.optionalNumber("loadBefore"),
        in.optionalNumber("loadAfter"),
        in.text("fingerprint"));
  }

  private static Instant instant(JsonFields in, String key) {
    String text = in.text(key);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw in.problem(key + ": found " + text + ", expected a time as 2026-01-31T12:00:00Z");
    }
  }
}
