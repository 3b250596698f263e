package io.drivemark.architectures.variant;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prunes a model in rounds: each scores what is left anew, with its normalisation measured anew,
 * and removes the next part. A share s in n rounds is s^(1/n) of what is left each time; a number
 * of units is divided evenly. One round is the same as {@link Pruner} alone. Not thread-safe.
 */
public final class IterativePruning {
  /** The fact that says how many rounds there were. */
  public static final String ROUNDS = "prune-rounds";

  private final Model parent;
  private final PruneRequest request;
  private final Rounds rounds;
  private final CalibrationSet frames;
  private final LatencyTables tables;
  private final int threads;
  private final Progress progress;

  /**
   * @param request what is to be left in the end
   * @param frames as of {@link Pruner#plan}
   * @param tables where measured times of pieces of networks are kept
   * @param threads of the operators that measure the normalisation
   * @throws BadInputException if there are more rounds than units to remove
   */
  public IterativePruning(
      Model parent,
      PruneRequest request,
      Rounds rounds,
      CalibrationSet frames,
      LatencyTables tables,
      int threads,
      Progress progress) {
    this.parent = parent;
    this.request = request;
    this.rounds = rounds;
    this.frames = frames;
    this.tables = tables;
    this.threads = threads;
    this.progress = progress;
    if (request.amount() instanceof PruneRequest.Remove remove && remove.units() < rounds.count()) {
      throw new BadInputException(
          remove.units()
              + " units cannot be removed in "
              + rounds.count()
              + " rounds; ask for "
              + remove.units()
              + " rounds or fewer");
    }
  }

  /**
   * What pruning made.
   *
   * @param plan what all rounds removed, as a plan for the parent
   */
  public record Pruned(Model model, PruningPlan plan) {}

  /**
   * Prunes.
   *
   * @throws BadInputException if a round cannot be met; the message has the round and the nearest
   *     that can
   */
  public Pruned run() {
    rounds.plans().ifPresent(this::requireOurs);
    Model model = parent;
    PruningPlan all = null;
    for (int round = 1; round <= rounds.count(); round++) {
      PruningPlan plan = plan(round, model);
      all = all == null ? plan : all.then(plan);
      model = Pruner.apply(model, plan, frames, threads, progress);
      if (round < rounds.count()) {
        model = rounds.between().after(round, model);
      }
    }
    if (rounds.count() == 1) {
      return new Pruned(model, all);
    }
    PruningPlan whole = all.with(goal(all) + ", " + rounds.count() + " rounds", all.evidence());
    Model described = Pruner.described(parent, model.network(), whole, frames);
    Map<String, String> facts = new TreeMap<>(described.spec().provenance());
    facts.put(ROUNDS, Integer.toString(rounds.count()));
    ModelSpec spec = described.spec().withProvenance(facts);
    return new Pruned(new Model(spec, described.network()), whole);
  }

  /**
   * Decides what all rounds remove, with nothing done between them.
   *
   * @return a plan for the parent
   * @throws BadInputException as {@link #run}
   */
  PruningPlan plan() {
    if (rounds.count() > 1) {
      return run().plan();
    }
    rounds.plans().ifPresent(this::requireOurs);
    return plan(1, parent);
  }

  /**
   * Plans the first round and keeps that plan, so that a request that cannot be met, or not even
   * begun, is known before anything is learned.
   *
   * @throws BadInputException as {@link #run}
   */
  public void begin() {
    rounds.plans().ifPresent(this::requireOurs);
    plan(1, parent);
  }

  /** The last round's goal speaks of what the round before left. */
  private String goal(PruningPlan last) {
    String goal = last.goal();
    return request
        .amount()
        .match(
            keep ->
                keep.measure().key() + "=" + keep.share() + goal.substring(goal.indexOf(" at ")),
            keep -> goal,
            remove -> "remove " + remove.units());
  }

  private PruningPlan plan(int round, Model model) {
    Path file = rounds.plans().map(f -> f.resolve("round-" + round + ".json")).orElse(null);
    if (file != null && Files.exists(file)) {
      PruningPlan kept = PlanFile.read(file);
      if (kept.digest().equals(NetworkDigest.of(model.network()))) {
        return kept;
      }
    }
    PruningPlan plan;
    try {
      PruneRequest part = request.withAmount(amount(round, model.network()));
      plan = Pruner.plan(parent.network(), model.network(), part, frames, tables, progress);
    } catch (BadInputException e) {
      throw rounds.count() == 1
          ? e
          : new BadInputException(
              "round " + round + " of " + rounds.count() + ": " + e.getMessage(), e);
    }
    if (file != null) {
      PlanFile.write(plan, file);
    }
    return plan;
  }

  /** Plans that are kept must be of the same question. */
  private void requireOurs(Path folder) {
    Path file = folder.resolve("request.txt");
    String question =
        String.join(
            "\n",
            request.toString(),
            rounds.count() + " rounds",
            "parent " + Models.digest(parent),
            "frames " + frames,
            "");
    try {
      if (!Files.exists(file)) {
        DurableFiles.write(file, question);
      } else if (!Files.readString(file, StandardCharsets.UTF_8).equals(question)) {
        throw new BadInputException(
            folder
                + " holds plans that were made for another request, model or frames (see its"
                + " request.txt); delete the folder, or write to another file");
      }
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be read or written: " + e, e);
    }
  }

  /** What a round is to leave of what it is given; of a latency, of the parent's. */
  private PruneRequest.Amount amount(int round, Network network) {
    return request
        .amount()
        .match(
            keep -> part(keep, round, network),
            keep -> new PruneRequest.KeepLatency(share(keep.share(), round), keep.setup()),
            remove -> part(remove, round));
  }

  private PruneRequest.Keep part(PruneRequest.Keep keep, int round, Network network) {
    double wanted =
        share(keep.share(), round) * keep.measure().amount(parent.network(), height(), width());
    double left = keep.measure().amount(network, height(), width());
    return new PruneRequest.Keep(keep.measure(), Math.min(1, wanted / left));
  }

  private PruneRequest.Remove part(PruneRequest.Remove remove, int round) {
    int n = rounds.count();
    int units = remove.units();
    return new PruneRequest.Remove(units * round / n - units * (round - 1) / n);
  }

  private double share(double whole, int round) {
    return round == rounds.count() ? whole : Math.pow(whole, (double) round / rounds.count());
  }

  private int height() {
    return frames.height();
  }

  private int width() {
    return frames.width();
  }
}
