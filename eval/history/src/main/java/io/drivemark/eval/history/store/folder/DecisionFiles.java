package io.drivemark.eval.history.store.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.history.Decision;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decisions beside the evidence they are about: one file each below {@code decisions} of a night's
 * folder, so that a store that is lost can be made again with them. Stateless.
 */
public final class DecisionFiles {
  /** The folder of a night that has them. */
  public static final String FOLDER = "decisions";

  private static final String SCHEMA = "drivemark-decision/1";

  private DecisionFiles() {}

  /** Writes a decision in one step; one that is there stays. */
  public static void write(Path night, Decision decision) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    out.put("kind", decision.kind().word());
    out.put("subject", decision.subject());
    out.put("text", decision.text());
    out.put("by", decision.by());
    out.put("at", decision.at().toString());
    ResultsJson.writeNode(file(night, decision), out);
  }

  /** Where a decision of a night is. */
  public static Path file(Path night, Decision decision) {
    return night.resolve(FOLDER).resolve(decision.uid() + ".json");
  }

  /**
   * All decisions of a night's folder, by file name.
   *
   * @throws BadInputException if one is damaged
   */
  public static List<Decision> read(Path night) {
    Path folder = night.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9a-f]{32}\\.json"))
          .sorted()
          .map(DecisionFiles::one)
          .toList();
    } catch (IOException e) {
      throw new UnavailableException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Why the night of a folder is in no baseline, by the files that lie in it; empty if it may be.
   *
   * @throws BadInputException if one is damaged
   */
  public static Optional<String> exclusion(Path night) {
    List<Decision> oldestFirst =
        read(night).stream()
            .filter(decision -> !decision.kind().isOfEvent())
            .map(decision -> decision.of("")) // whatever its uid was then, it is of this night
            .sorted(Comparator.comparing(Decision::at).thenComparing(Decision::uid))
            .toList();
    return Optional.ofNullable(Decision.exclusions(oldestFirst).get(""));
  }

  private static Decision one(Path file) {
    JsonNode json = ResultsJson.readNode(file);
    if (!text(file, json, "schema").equals(SCHEMA)) {
      throw wrong(file, "schema", json.path("schema"), SCHEMA);
    }
    Decision.Kind kind =
        Decision.Kind.of(text(file, json, "kind"))
            .orElseThrow(
                () ->
                    wrong(
                        file,
                        "kind",
                        json.path("kind"),
                        "accept, dismiss, annotate, exclude or include"));
    Instant at;
    try {
      at = Instant.parse(text(file, json, "at"));
    } catch (DateTimeParseException e) {
      throw wrong(file, "at", json.path("at"), "a time as 2026-01-31T12:00:00Z");
    }
    Decision decision =
        new Decision(
            kind,
            text(file, json, "subject"),
            text(file, json, "text"),
            text(file, json, "by"),
            at);
    if (!file.getFileName().toString().equals(decision.uid() + ".json")) {
      throw new BadInputException(
          file
              + ": it was changed: its name is not the digest of what it says, "
              + decision.uid()
              + "; say it anew by 'drivemark "
              + kind.word()
              + "' and remove the file");
    }
    return decision;
  }

  private static String text(Path file, JsonNode json, String field) {
    if (!json.path(field).isTextual()) {
      throw wrong(file, field, json.path(field), "a text");
    }
    return json.path(field).textValue();
  }

  private static BadInputException wrong(Path file, String field, JsonNode found, String expected) {
    return new BadInputException(
        file
            + ": "
            + field
            + ": found "
            + (found.isMissingNode() ? "nothing" : found)
            + ", expected "
            + expected);
  }
}
