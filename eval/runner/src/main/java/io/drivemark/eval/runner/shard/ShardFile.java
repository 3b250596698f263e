package io.drivemark.eval.runner.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.accuracy.FrameRow;
import io.drivemark.eval.runner.accuracy.Gallery;
import io.drivemark.eval.runner.inference.OpenedReading;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.shard.lease.SharedFiles;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.files.Digests;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files of a shard: {@code rows.jsonl} with a line a frame, {@code facts.json} and its digest
 * {@code facts.sum}, evidence that is not by frame below {@code evidence}, and {@code pictures} of
 * those frames that the cell may show. Its own digest, in its name, covers what all workers must
 * find alike: rows, canary, reading, notes, evidence. Digests of pictures are among the facts, so
 * that a file which was cut or changed anywhere is found. Stateless.
 */
final class ShardFile {
  static final String EVIDENCE = "evidence";
  static final String ROWS = "rows.jsonl";
  static final String FACTS = "facts.json";
  static final String SUM = "facts.sum";

  private static final String SCHEMA = "drivemark-shard/1";
  private static final String PICTURES = "pictures";
  private static final int DIGITS = 16;
  private static final Pattern ANY = Pattern.compile(".*");

  private ShardFile() {}

  /**
   * A shard that was read.
   *
   * @param lines one a frame of its range, in order
   * @param pictures digests of pictures by their names below the folder
   */
  record Shard(Path folder, ShardFacts facts, List<String> lines, Map<String, String> pictures) {
    Shard {
      lines = List.copyOf(lines);
      pictures = Collections.unmodifiableMap(new LinkedHashMap<>(pictures));
    }

    FrameRange range() {
      return facts.unit().range();
    }

    String line(int frame) {
      return lines.get(frame - range().first());
    }

    /**
     * Where one of its pictures lies.
     *
     * @param name below the folder, one of {@link #pictures}
     * @throws BadInputException if it is missing or was changed
     */
    Path picture(String name) {
      Path file = folder.resolve(name);
      if (!Files.exists(file) || !Digests.of(file).equals(pictures.get(name))) {
        throw damaged(folder, name + " is missing or was changed", null);
      }
      return file;
    }
  }

  /**
   * Writes rows and facts into a folder whose further files are there.
   *
   * @return the digest that the shard's name ends with
   */
  static String write(Path folder, ShardFacts facts, List<FrameRow> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(RowText.line(row)).append('\n'));
    DurableFiles.write(folder.resolve(ROWS), text.toString());
    ObjectNode json = json(facts);
    ObjectNode pictures = json.putObject(PICTURES);
    for (Path file : SharedFiles.named(folder.resolve(Gallery.FOLDER), ANY)) {
      pictures.put(Gallery.FOLDER + "/" + file.getFileName(), Digests.of(file));
    }
    ResultsJson.writeNode(folder.resolve(FACTS), json);
    DurableFiles.write(folder.resolve(SUM), Digests.of(folder.resolve(FACTS)) + "\n");
    return digest(folder, facts, text.toString());
  }

  private static ObjectNode json(ShardFacts facts) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    out.put("cell", facts.unit().cell());
    out.put("key", facts.key());
    out.put("first", facts.unit().range().first());
    out.put("last", facts.unit().range().last());
    out.put("worker", facts.worker());
    out.put("token", facts.token());
    out.put("canary", facts.canary());
    out.set("reading", texts(facts.reading().lines()));
    out.set("readingNotes", texts(facts.reading().notes()));
    out.set("notes", texts(facts.notes()));
    out.set("issues", texts(facts.issues()));
    out.put("wallMs", facts.time().wallMs());
    out.put("engineMs", facts.time().engineMs());
    out.set("environment", ResultsJson.environment(facts.environment()));
    return out;
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    texts.forEach(out::add);
    return out;
  }

  /** Why a frame was left out may name paths of a machine, and does not count. */
  private static String digest(Path folder, ShardFacts facts, String rows) {
    StringBuilder alike = new StringBuilder();
    rows.lines().forEach(line -> alike.append(RowText.alike(line)).append('\n'));
    alike.append(facts.canary()).append('\n');
    alike.append(RowText.text(texts(facts.reading().lines()))).append('\n');
    alike.append(RowText.text(texts(facts.reading().notes()))).append('\n');
    alike.append(RowText.text(texts(facts.notes()))).append('\n');
    for (Path file : evidence(folder)) {
      alike.append(file.getFileName()).append(' ').append(Digests.of(file)).append('\n');
    }
    return Digests.of(alike.toString()).substring(0, DIGITS);
  }

  /**
   * The digest that the name of a shard ends with, all of whose files are checked.
   *
   * @param folder where its files lie, whatever it is called
   * @param unit the range that it must be of
   * @throws BadInputException if it is damaged or of another range
   */
  static String digest(Path folder, WorkUnit unit) {
    JsonNode json = tree(folder);
    ShardFacts facts = facts(folder, json);
    if (!facts.unit().equals(unit)) {
      throw damaged(folder, "it is of " + facts.unit().cell() + " " + facts.unit().name(), null);
    }
    String rows = SharedFiles.text(folder.resolve(ROWS));
    try {
      Shard shard = shard(folder, json, facts, rows);
      shard.pictures().keySet().forEach(shard::picture);
      return digest(folder, facts, rows);
    } catch (IllegalArgumentException e) {
      throw damaged(folder, e.getMessage(), e);
    }
  }

  /** The files of evidence that is not by frame, sorted by name. */
  static List<Path> evidence(Path folder) {
    return SharedFiles.named(folder.resolve(EVIDENCE), ANY);
  }

  /**
   * Reads a shard.
   *
   * @throws BadInputException if it is not what its name says
   */
  static Shard read(Path folder) {
    JsonNode json = tree(folder);
    ShardFacts facts = facts(folder, json);
    String cell = folder.toAbsolutePath().getParent().getFileName().toString();
    if (!facts.unit().cell().equals(cell)) {
      throw damaged(folder, "it is of cell " + facts.unit().cell(), null);
    }
    String rows = SharedFiles.text(folder.resolve(ROWS));
    try {
      String digest = digest(folder, facts, rows);
      if (!folder.getFileName().toString().equals(facts.unit().name() + "-" + digest)) {
        throw damaged(
            folder,
            "its frames are "
                + facts.unit().range().words()
                + ", and rows, canary, notes and evidence have the digest "
                + digest,
            null);
      }
      return shard(folder, json, facts, rows);
    } catch (IllegalArgumentException e) {
      throw damaged(folder, e.getMessage(), e);
    }
  }

  private static Shard shard(Path folder, JsonNode json, ShardFacts facts, String rows) {
    List<String> lines = rows.lines().toList();
    FrameRange range = facts.unit().range();
    if (lines.size() != range.size()) {
      throw damaged(
          folder, "it has " + lines.size() + " rows of " + range.size() + " frames", null);
    }
    for (int i = 0; i < lines.size(); i++) {
      int frame = RowText.tree(lines.get(i)).required("frame").intValue();
      if (frame != range.first() + i) {
        throw damaged(folder, "row " + (i + 1) + " is of frame " + frame, null);
      }
    }
    return new Shard(folder, facts, lines, pictures(json));
  }

  private static Map<String, String> pictures(JsonNode json) {
    Map<String, String> out = new LinkedHashMap<>();
    json.required(PICTURES)
        .properties()
        .forEach(picture -> out.put(picture.getKey(), picture.getValue().asText()));
    return out;
  }

  /**
   * Reads what a shard says besides its rows.
   *
   * @throws BadInputException if it is damaged
   */
  static ShardFacts facts(Path folder) {
    return facts(folder, tree(folder));
  }

  private static JsonNode tree(Path folder) {
    Path file = folder.resolve(FACTS);
    String sum = SharedFiles.text(folder.resolve(SUM)).strip();
    if (!Files.exists(file) || !Digests.of(file).equals(sum)) {
      throw damaged(
          folder, FACTS + " or " + SUM + " is missing, half written or was changed", null);
    }
    return ResultsJson.readNode(file);
  }

  private static ShardFacts facts(Path folder, JsonNode json) {
    try {
      if (!json.required("schema").asText().equals(SCHEMA)) {
        throw damaged(folder, "its schema is " + json.required("schema"), null);
      }
      return new ShardFacts(
          new WorkUnit(
              json.required("cell").textValue(),
              new FrameRange(json.required("first").intValue(), json.required("last").intValue())),
          json.required("key").textValue(),
          json.required("worker").textValue(),
          json.required("token").longValue(),
          ResultsJson.readEnvironment(
              folder.resolve(FACTS).toString(), json.required("environment")),
          json.required("canary").textValue(),
          new OpenedReading(all(json, "reading"), all(json, "readingNotes")),
          all(json, "notes"),
          all(json, "issues"),
          new PassTime(
              json.required("wallMs").doubleValue(), json.required("engineMs").doubleValue()));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw damaged(folder, e.getMessage(), e);
    }
  }

  private static List<String> all(JsonNode json, String key) {
    return WorkList.all(json.required(key), JsonNode::textValue);
  }

  private static BadInputException damaged(Path folder, String why, Exception cause) {
    return new BadInputException(
        folder
            + ": this shard is not what its name says: "
            + why
            + "; remove the folder, and a worker measures its frames again",
        cause);
  }
}
