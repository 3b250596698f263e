package io.drivemark.eval.runner.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What there is to measure, as {@code shards/work.json} below the output folder; written once.
 * Immutable.
 *
 * @param program digest of the parts of Drivemark that measure: all workers must have these
 * @param threads of engines for which the study names none
 * @param silence how long the holder of a lease may say nothing before others take its range over
 * @param study as a study file, every default spelled out
 * @param models files of variants that were made for the study, below the output folder
 * @param issues what could not be made and why
 * @param left what is left to the machine that merges, a sentence each
 * @param cells those that are spread
 */
public record WorkList(
    String program,
    int threads,
    Duration silence,
    String study,
    List<String> models,
    List<String> issues,
    List<String> left,
    List<WorkCell> cells) {
  private static final String SCHEMA = "drivemark-work/1";

  public WorkList {
    Objects.requireNonNull(program, "program");
    Objects.requireNonNull(silence, "silence");
    Objects.requireNonNull(study, "study");
    models = List.copyOf(models);
    issues = List.copyOf(issues);
    left = List.copyOf(left);
    cells = List.copyOf(cells);
  }

  /** The study it was made from. */
  public Study parsed() {
    return Study.parse(ShardFolder.WORK, study);
  }

  /** How many ranges there are. */
  public int units() {
    return cells.stream().mapToInt(cell -> cell.ranges().size()).sum();
  }

  /**
   * A cell of the list.
   *
   * @param folder its folder's name
   * @throws IllegalArgumentException if there is none
   */
  public WorkCell cell(String folder) {
    return cells.stream()
        .filter(cell -> cell.folder().equals(folder))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no cell " + folder + " in the work list"));
  }

  /**
   * Writes the list where there is none.
   *
   * @throws BadInputException if there is another one: workers may have begun on it
   */
  public void write(Path out) {
    Path file = new ShardFolder(out).work();
    if (!Files.exists(file)) {
      ResultsJson.writeNode(file, json());
      return;
    }
    if (!read(out).equals(this)) {
      throw new BadInputException(
          file
              + ": this folder has the work list of another study, number of shards, program or"
              + " machine; merge it ('drivemark merge "
              + out
              + "') or remove "
              + file.getParent()
              + ", or choose another --out");
    }
  }

  /**
   * Refuses a machine whose program may count otherwise.
   *
   * @param out the list's output folder
   * @throws BadInputException if its program is another one than that which wrote the list
   */
  public void requireProgram(Path out, Environment here) {
    String found = program(here);
    if (!found.equals(program)) {
      throw new BadInputException(
          new ShardFolder(out).work()
              + ": another Drivemark wrote it (its parts that measure have the digest "
              + program
              + ", here they have "
              + found
              + "), and what two programs count is not put together; install one version on all"
              + " machines");
    }
  }

  /** The digest of the parts of the program that measure. */
  public static String program(Environment here) {
    return here.conditions().map(Conditions::drivemark).orElseThrow();
  }

  /** Tells this list from all others. */
  public String digest() {
    return Digests.of(json().toString());
  }

  private ObjectNode json() {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    out.put("program", program);
    out.put("threads", threads);
    out.put("silenceMs", silence.toMillis());
    out.put("study", study);
    ArrayNode files = out.putArray("models");
    models.forEach(files::add);
    ArrayNode said = out.putArray("issues");
    issues.forEach(said::add);
    ArrayNode notSpread = out.putArray("left");
    left.forEach(notSpread::add);
    ArrayNode all = out.putArray("cells");
    for (WorkCell cell : cells) {
      ObjectNode one = all.addObject();
      one.put("folder", cell.folder());
      one.put("key", cell.key());
      one.put("title", cell.title());
      ObjectNode spec = one.putObject("spec");
      cell.spec().forEach(spec::put);
      one.put("frames", cell.frames());
      one.put("around", cell.around());
      cell.whole().ifPresent(why -> one.put("whole", why));
      ArrayNode ranges = one.putArray("ranges");
      cell.ranges().forEach(range -> ranges.addArray().add(range.first()).add(range.last()));
    }
    return out;
  }

  /**
   * Reads the list of an output folder.
   *
   * @throws BadInputException if there is none, or it is damaged
   */
  public static WorkList read(Path out) {
    Path file = new ShardFolder(out).work();
    if (!Files.exists(file)) {
      throw new BadInputException(
          file
              + ": no such file; 'drivemark run STUDY.yaml --out "
              + out
              + " --shards N' writes what there is to measure");
    }
    JsonNode json = ResultsJson.readNode(file);
    if (!json.path("schema").asText().equals(SCHEMA)) {
      throw new BadInputException(
          file + ": its schema is '" + json.path("schema").asText() + "', expected " + SCHEMA);
    }
    try {
      return new WorkList(
          json.required("program").textValue(),
          json.required("threads").intValue(),
          Duration.ofMillis(json.required("silenceMs").longValue()),
          json.required("study").textValue(),
          all(json.required("models"), JsonNode::textValue),
          all(json.required("issues"), JsonNode::textValue),
          all(json.required("left"), JsonNode::textValue),
          all(json.required("cells"), WorkList::cell));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new BadInputException(file + ": damaged: " + e.getMessage(), e);
    }
  }

  private static WorkCell cell(JsonNode json) {
    Map<String, String> spec = new LinkedHashMap<>();
    json.required("spec").properties().forEach(f -> spec.put(f.getKey(), f.getValue().asText()));
    return new WorkCell(
        json.required("folder").textValue(),
        json.required("key").textValue(),
        json.required("title").textValue(),
        spec,
        json.required("frames").intValue(),
        json.required("around").intValue(),
        Optional.ofNullable(json.path("whole").textValue()),
        all(
            json.required("ranges"),
            range -> new FrameRange(range.required(0).intValue(), range.required(1).intValue())));
  }

  static <T> List<T> all(JsonNode list, Function<JsonNode, T> read) {
    List<T> out = new ArrayList<>();
    list.forEach(item -> out.add(read.apply(item)));
    return out;
  }
}
