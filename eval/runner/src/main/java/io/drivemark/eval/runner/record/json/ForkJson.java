package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.fork.ForkPlan;
import io.drivemark.eval.runner.record.fork.ForkTimes;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a fork: its plan in the schema {@value #PLAN}, its times in {@value #TIMES}; and
 * rulers as JSON. Strict as all records. Stateless.
 */
public final class ForkJson {
  /** The plan's schema. */
  public static final String PLAN = "drivemark-fork/1";

  /** The schema of times. */
  public static final String TIMES = "drivemark-times/1";

  private ForkJson() {}

  /** The fields of the times' file in their order. */
  private record TimesView(
      String schema,
      String started,
      String finished,
      Environment environment,
      List<String> issues,
      List<ForkTimes.CellTimes> cells) {}

  /** The fields of the plan's file in their order. */
  private record PlanView(String schema, String study, Long seed, List<List<String>> rotations) {}

  /** Writes a plan in one step. */
  public static void write(Path file, ForkPlan plan) {
    ResultsJson.writeNode(
        file, RecordMapper.write(new PlanView(PLAN, plan.study(), plan.seed(), plan.rotations())));
  }

  /** Writes times in one step. */
  public static void write(Path file, ForkTimes times) {
    ResultsJson.writeNode(
        file,
        RecordMapper.write(
            new TimesView(
                TIMES,
                times.started().toString(),
                times.finished().toString(),
                times.environment(),
                times.issues(),
                times.cells())));
  }

  /**
   * Reads a plan.
   *
   * @throws io.drivemark.problem.BadInputException if it is missing, of another schema, or a field
   *     is missing or of the wrong kind
   */
  public static ForkPlan readPlan(Path file) {
    JsonPlace at = new JsonPlace(file.toString(), "");
    JsonNode node = ResultsJson.readNode(file);
    at.requireSchema(node, PLAN);
    PlanView view = RecordMapper.read(at, node, PlanView.class);
    return at.made(() -> new ForkPlan(view.study(), view.seed(), view.rotations()));
  }

  /**
   * Reads times.
   *
   * @throws io.drivemark.problem.BadInputException as {@link #readPlan}
   */
  public static ForkTimes readTimes(Path file) {
    JsonPlace at = new JsonPlace(file.toString(), "");
    JsonNode node = ResultsJson.readNode(file);
    at.requireSchema(node, TIMES);
    TimesView view = RecordMapper.read(at, node, TimesView.class);
    return new ForkTimes(
        at.field("started").instant(view.started()),
        at.field("finished").instant(view.finished()),
        view.environment(),
        view.cells(),
        view.issues());
  }

  /** The JSON object of a ruler. */
  public static ObjectNode ruler(RulerTimes times) {
    return RecordMapper.write(times);
  }

  /**
   * The ruler of a JSON object.
   *
   * @param source what to call it in messages
   * @param path where in the source it stands
   */
  public static RulerTimes readRuler(String source, String path, JsonNode node) {
    return RecordMapper.read(new JsonPlace(source, path), node, RulerTimes.class);
  }
}
