package io.drivemark.eval.runner;

import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.shard.RangeBench;
import io.drivemark.eval.runner.shard.ShardDesk;
import io.drivemark.eval.runner.shard.ShardWorker;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.shard.WorkPlanner;
import io.drivemark.eval.runner.shard.lease.Leases;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.tasks.Problems;
import io.drivemark.eval.runner.variant.MadeVariants;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A study whose accuracy is measured by several processes or machines that share its output folder:
 * one shares it out, any number work, one merges. What is merged is what one machine would have
 * found, to the bit, or a refusal that says who disagrees on what. Stateless.
 */
public final class ShardedRun {
  /** How long a worker may say nothing before others take its range over, where nothing is said. */
  public static final Duration SILENCE = Duration.ofMinutes(2);

  private ShardedRun() {}

  /**
   * Makes the variants of a study and writes down what there is to measure.
   *
   * @param out the output folder, which all workers see
   * @param shards into how many ranges the frames of a cell are cut, as far as it has as many
   * @param silence how long a worker may say nothing before others take its range over
   * @throws BadInputException as {@link Runner#run}, or if the folder has another work list
   */
  public static WorkList share(
      Study study, Path out, int shards, Duration silence, Progress progress) {
    return share(study, out, shards, silence, progress, Sources.installed());
  }

  /** The same with other parts. */
  public static WorkList share(
      Study study, Path out, int shards, Duration silence, Progress progress, Sources sources) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new Runner(study, out, progress, sources)
        .opened(
            (plan, made) -> {
              WorkList list =
                  new WorkList(
                      WorkList.program(Machine.environment(Map.of())),
                      threads,
                      silence,
                      study.withThreads(threads).toYaml(),
                      WorkPlanner.writeModels(out, made.models()),
                      made.issues(),
                      WorkPlanner.left(study, plan.cells()),
                      WorkPlanner.cells(plan.cells(), shards));
              list.write(out);
              return list;
            });
  }

  /**
   * Works on what was shared out, until nothing is left that this machine can measure.
   *
   * @param own the study as this machine sees it, where its paths are others; the same cells must
   *     come of it
   * @param name of this worker, which no other one has
   * @param leases hands out ranges to it; empty where leases lie in the folder itself
   * @param waits whether it waits for ranges that others hold, to take them over if they die
   * @throws BadInputException if the work list is of another program, or this machine would measure
   *     something else
   * @throws UnavailableException if the folder cannot be written
   */
  public static ShardWorker.Result work(
      Path out,
      Optional<Study> own,
      String name,
      Optional<Leases> leases,
      boolean waits,
      Progress progress) {
    return worker(out, own, name, leases, waits, progress, Sources.installed()).run();
  }

  static ShardWorker worker(
      Path out,
      Optional<Study> own,
      String name,
      Optional<Leases> leases,
      boolean waits,
      Progress progress,
      Sources sources) {
    Opened opened = opened(out, own, sources);
    return new ShardWorker(
        out,
        opened.list(),
        opened.plan().cells(),
        name,
        opened.here(),
        leases.orElseGet(() -> ShardWorker.leases(out, opened.list(), name)),
        waits,
        progress);
  }

  /**
   * Measures single ranges on this machine, for a system that hands them out in its own way.
   *
   * @param luggage what {@link ShardDesk#luggage} packed
   * @param folder for the files of this bench alone
   * @param name which no other bench has: letters, digits, dots and dashes
   * @throws BadInputException if the work list is of another program, or the study cannot be opened
   *     here
   * @throws UnavailableException if the folder cannot be written
   */
  public static RangeBench bench(byte[] luggage, Path folder, String name, Sources sources) {
    ShardDesk.unpack(luggage, folder);
    Opened opened = opened(folder, Optional.empty(), sources);
    return new RangeBench(folder, opened.list(), opened.plan().cells(), name, opened.here());
  }

  /** A work list with what it is of on this machine. */
  private record Opened(WorkList list, Plan plan, Environment here) {}

  private static Opened opened(Path out, Optional<Study> own, Sources sources) {
    WorkList list = WorkList.read(out);
    list.requireProgram(out, Machine.environment(Map.of()));
    Plan plan = Plan.of(study(list, own), variants(list, out, sources).models(), sources);
    return new Opened(list, plan, Machine.environment(Runner.libraries(plan)));
  }

  /**
   * Puts together what workers found, and goes on as a run until its accuracy is there: speed is
   * measured by one machine, by a run of the same study into the same folder.
   *
   * @param own as for {@link #work}
   * @return without a result where workers disagree
   * @throws BadInputException if nobody disagrees and frames are missing; the message says which
   */
  public static MergedRun merge(Path out, Optional<Study> own, Progress progress) {
    return merge(out, own, progress, Sources.installed());
  }

  /** The same with other parts. */
  public static MergedRun merge(Path out, Optional<Study> own, Progress progress, Sources sources) {
    WorkList list = WorkList.read(out);
    list.requireProgram(out, Machine.environment(Map.of()));
    Study study = study(list, own).withLatency(Optional.empty());
    MergedRun merged =
        new Runner(study, out, progress, sources).merge(list, variants(list, out, sources));
    if (merged.outcome().disagreements().isEmpty() && merged.result().isEmpty()) {
      throw new BadInputException(Problems.together(out, merged.outcome().missing()));
    }
    return merged;
  }

  private static Study study(WorkList list, Optional<Study> own) {
    return own.map(study -> study.withThreads(list.threads())).orElseGet(list::parsed);
  }

  private static MadeVariants variants(WorkList list, Path out, Sources sources) {
    return new MadeVariants(
        list.models().stream()
            .map(file -> sources.models().apply(out.resolve(file).toString()))
            .toList(),
        list.issues());
  }
}
