package io.drivemark.spark;

import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.MergedRun;
import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.shard.ShardDesk;
import io.drivemark.eval.runner.shard.WorkCell;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A study whose accuracy a cluster measures: shared out, measured, put together. The same into the
 * same folder goes on where it was ended. For one thread.
 */
final class SparkStudy {
  private static final int FINDINGS = 1;

  private final SparkArguments arguments;
  private final Cluster cluster;
  private final PrintStream out;
  private final PrintStream err;
  private final Progress progress;

  /** Where executors are. */
  interface Cluster {
    /**
     * Does something with a connection, which is there as long as that takes.
     *
     * @param threads of the study's engines, at most; so many processors a task takes
     */
    <T> T with(int threads, Function<JavaSparkContext, T> work);
  }

  /**
   * @param out receives results
   * @param err receives progress and problems
   */
  SparkStudy(SparkArguments arguments, Cluster cluster, PrintStream out, PrintStream err) {
    this.arguments = arguments;
    this.cluster = cluster;
    this.out = out;
    this.err = err;
    this.progress = new LineProgress(err, NanoClock.SYSTEM);
  }

  /**
   * Runs it.
   *
   * @return the exit code: 0 fine, 1 findings, 3 no engine could be started
   * @throws BadInputException if the study cannot be used, or frames are missing and no range
   *     failed
   */
  int run() {
    Path folder = arguments.out();
    Study study = Study.read(arguments.study().toAbsolutePath());
    WorkList list =
        ShardedRun.share(study, folder, arguments.ranges(), ShardedRun.SILENCE, progress);
    list.cells().forEach(this::announce);
    list.left().forEach(left -> out.println("Left to this process: " + left));
    list.issues().forEach(issue -> err.println("finding: " + issue));
    Map<WorkUnit, String> failures = measure(list, new ShardDesk(folder, list));
    int code = merge(folder, failures);
    if (study.latency().isPresent()) {
      out.println(
          "Speed is one machine's and was not measured: 'drivemark run "
              + arguments.study()
              + " --out "
              + folder
              + "' measures it there.");
    }
    return list.issues().isEmpty() ? code : Math.max(code, FINDINGS);
  }

  private void announce(WorkCell cell) {
    out.println(
        cell.title()
            + ": "
            + cell.frames()
            + " frames, "
            + cell.whole()
                .map(why -> "measured by this process: " + why)
                .orElse("ranges for executors: " + cell.ranges().size()));
  }

  /** Measures what is open; what cannot be cut is measured here. */
  private Map<WorkUnit, String> measure(WorkList list, ShardDesk desk) {
    List<WorkUnit> open = desk.open();
    Map<WorkUnit, String> failures = new LinkedHashMap<>();
    List<WorkUnit> spread = open.stream().filter(unit -> !isWhole(list, unit)).toList();
    if (!spread.isEmpty()) {
      failures.putAll(
          cluster.with(
              threads(list),
              spark -> new RangeJobs(spark, list, desk, err::println).measure(spread)));
    }
    for (WorkUnit unit : open) {
      if (isWhole(list, unit)) {
        measureHere(list, desk, unit).ifPresent(why -> failures.put(unit, why));
      }
    }
    return failures;
  }

  private static boolean isWhole(WorkList list, WorkUnit unit) {
    return list.cell(unit.cell()).whole().isPresent();
  }

  private static int threads(WorkList list) {
    return list.parsed().engines().stream()
        .mapToInt(engine -> engine.threads().orElse(list.threads()))
        .max()
        .orElse(1);
  }

  private Optional<String> measureHere(WorkList list, ShardDesk desk, WorkUnit unit) {
    String worker = "driver-" + ProcessHandle.current().pid();
    Delivery delivery =
        Benches.ofThisProcess().measure(list.digest(), desk::luggage, worker, unit, 1);
    delivery.shard().ifPresent(shard -> desk.take(unit, shard));
    delivery
        .failure()
        .ifPresent(
            why -> {
              desk.noteFailure(unit, worker, why);
              err.println("failed: " + list.cell(unit.cell()).title(unit.range()) + ": " + why);
            });
    return delivery.failure();
  }

  private int merge(Path folder, Map<WorkUnit, String> failures) {
    MergedRun merged;
    try {
      merged = ShardedRun.merge(folder, Optional.empty(), progress);
    } catch (BadInputException e) {
      if (failures.isEmpty()) {
        throw e;
      }
      err.println(e.getMessage());
      return FINDINGS;
    }
    merged.outcome().notes().forEach(note -> err.println("note: " + note));
    merged.outcome().disagreements().forEach(found -> err.println("finding: " + found));
    merged.outcome().missing().forEach(missing -> err.println("missing: " + missing));
    if (merged.result().isEmpty()) {
      return FINDINGS;
    }
    StudyResult result = merged.result().get();
    for (Entry entry : result.entries()) {
      for (String issue : entry.issues()) {
        err.println(
            "issue: " + entry.model().name() + " on " + entry.engine().name() + ": " + issue);
      }
    }
    result.findings().forEach(finding -> err.println("finding: " + finding));
    out.println(
        "Results of "
            + result.entries().size()
            + (result.entries().size() == 1 ? " entry: " : " entries: ")
            + folder.resolve("results.json")
            + "; 'drivemark report "
            + folder
            + "' writes the report.");
    return failures.isEmpty() ? result.exitCode() : Math.max(FINDINGS, result.exitCode());
  }
}
