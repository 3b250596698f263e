package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.estimate.GateEstimate;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.variant.GatePlan;
import io.drivemark.config.JsonText;
import io.drivemark.eval.runner.study.VariantSpec;
import io.drivemark.files.Digests;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of variants below {@code OUT/variants}. A variant's are called {@code NAME-XXXXXXXX}, X
 * the first digits of its request's digest, so that another request never meets them:
 *
 * <ul>
 *   <li>{@code .onnx}: the finished model
 *   <li>{@code .start.onnx}, {@code .checkpoint}: what it is trained from, and how far that is;
 *       gone when it is finished
 *   <li>{@code .rounds}: a folder with the plans of pruning in rounds, and how far a training
 *       between two of them is; gone when it is finished
 *   <li>{@code .history.jsonl}: its epochs
 *   <li>{@code .estimate.json}: what was known of a dynamic one before it was trained
 * </ul>
 *
 * <p>{@code plans} holds what goes, one file for all variants that differ in their training alone,
 * and what joint masks leave, for the variant as it is then and the one that is tuned. Every file
 * is there whole or not at all. Not thread-safe.
 */
final class VariantStore {
  static final String FOLDER = "variants";

  /** Key of the request's digest among a model's provenance. */
  static final String REQUEST = "request-digest";

  private static final String ESTIMATE = ".estimate.json";
  private static final int DIGITS = 8;

  private final Path folder;

  VariantStore(Path out) {
    this.folder = out.resolve(FOLDER);
  }

  /** The finished model, if it has been made. */
  Optional<Model> finished(VariantJob job) {
    return read(finishedFile(job), job);
  }

  /** Where the finished model is, or will be. */
  Path finishedFile(VariantJob job) {
    return file(job, ".onnx");
  }

  /** What the training starts from, if it has been made. */
  Optional<Model> start(VariantJob job) {
    return read(file(job, ".start.onnx"), job);
  }

  private static Optional<Model> read(Path file, VariantJob job) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Model model = Models.load(file.toString());
    String found = model.spec().provenance().get(REQUEST);
    if (!job.digest().equals(found)) {
      throw new BadInputException(
          file
              + ": not what its name says: it was made for the request "
              + found
              + ", wanted is "
              + job.digest()
              + "; move it away, and it is made anew");
    }
    return Optional.of(model);
  }

  /** Keeps what a training starts from, and returns it as it lies in the file. */
  Model keepStart(VariantJob job, Model model) {
    Models.write(signed(job, model), file(job, ".start.onnx"));
    return start(job).orElseThrow();
  }

  /** Keeps the finished model, and returns it as it lies in the file. */
  Model keep(VariantJob job, Model model) {
    Models.write(signed(job, model), finishedFile(job));
    Path history = Path.of(checkpoint(job) + ".history.jsonl");
    try {
      if (Files.exists(history)) {
        Files.move(history, file(job, ".history.jsonl"), StandardCopyOption.REPLACE_EXISTING);
      }
      copyEstimate(job);
      Files.deleteIfExists(checkpoint(job));
      Files.deleteIfExists(file(job, ".start.onnx"));
      delete(rounds(job));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    return finished(job).orElseThrow();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static Model signed(VariantJob job, Model model) {
    Map<String, String> facts = new TreeMap<>(model.spec().provenance());
    facts.put(REQUEST, job.digest());
    return new Model(model.spec().withName(job.name()).withProvenance(facts), model.network());
  }

  /** Where a training keeps how far it is. */
  Path checkpoint(VariantJob job) {
    return file(job, ".checkpoint");
  }

  /** Where pruning in rounds keeps how far it is. */
  Path rounds(VariantJob job) {
    return file(job, ".rounds");
  }

  /** The plan of a variant, if it has been made. */
  Optional<PruningPlan> plan(VariantJob job) {
    Path file = planFile(job);
    return Files.exists(file) ? Optional.of(PlanFile.read(file)) : Optional.empty();
  }

  /** Keeps a plan. */
  void keepPlan(VariantJob job, PruningPlan plan) {
    PlanFile.write(plan, planFile(job));
  }

  /** What was decided about a dynamic variant, if it has been. */
  Optional<GatePlan> gatePlan(VariantJob job) {
    Path file = gateFile(job, ".json");
    return Files.exists(file) ? Optional.of(GatePlan.read(file)) : Optional.empty();
  }

  /** Keeps what was decided, and the estimate it rests on. */
  void keepGatePlan(VariantJob job, GatePlan plan, GateEstimate estimate) {
    DurableFiles.write(gateFile(job, ESTIMATE), JsonText.indented(estimate.keys()) + "\n");
    plan.write(gateFile(job, ".json"));
  }

  /** What the masks of a variant leave, if they have learned. */
  Optional<Model> masks(VariantJob job) {
    Path file = masksFile(job, ".onnx");
    return Files.exists(file) ? Optional.of(Models.load(file.toString())) : Optional.empty();
  }

  /** Keeps what masks leave, and returns it as it lies in the file. */
  Model keepMasks(VariantJob job, Model model) {
    Models.write(model, masksFile(job, ".onnx"));
    try {
      Files.deleteIfExists(masksCheckpoint(job));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    return masks(job).orElseThrow();
  }

  /** Where the training of masks keeps how far it is; its history stays beside. */
  Path masksCheckpoint(VariantJob job) {
    return masksFile(job, ".checkpoint");
  }

  private Path masksFile(VariantJob job, String suffix) {
    return folder.resolve("plans").resolve(fileName("masks", job.planRequest(), suffix));
  }

  /** The estimate of a dynamic variant lies beside it too. */
  private void copyEstimate(VariantJob job) throws IOException {
    Path estimate = gateFile(job, ESTIMATE);
    if (job.spec() instanceof VariantSpec.Gated && Files.exists(estimate)) {
      Files.copy(estimate, file(job, ESTIMATE), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path gateFile(VariantJob job, String suffix) {
    return folder.resolve("plans").resolve(fileName("gates", job.planRequest(), suffix));
  }

  private Path planFile(VariantJob job) {
    return folder.resolve("plans").resolve(fileName("plan", job.planRequest(), ".json"));
  }

  private Path file(VariantJob job, String suffix) {
    return folder.resolve(fileName(job.name(), job.request(), suffix));
  }

  private static String fileName(String name, String request, String suffix) {
    return name.replaceAll("[^A-Za-z0-9._+-]+", "-")
        + "-"
        + Digests.of(request).substring(0, DIGITS)
        + suffix;
  }

  private static UnavailableException unwritable(Path file, IOException e) {
    return new UnavailableException(file + ": cannot be written: " + e.getMessage(), e);
  }
}
