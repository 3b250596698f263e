package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.eval.runner.study.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The variants of a study that were made before, found by the digest of everything that their lines
 * say; nothing is made. Immutable.
 *
 * @param there those that are finished, in the study's order
 * @param missing names of the others, in the study's order
 */
public record FinishedVariants(List<Finished> there, List<String> missing) {
  /**
   * A finished variant.
   *
   * @param name how the study calls it
   * @param file its model
   * @param parent what it was made from, as the study names it; empty for an architecture
   */
  public record Finished(String name, Path file, Optional<String> parent) {
    public Finished {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(parent, "parent");
    }
  }

  public FinishedVariants {
    there = List.copyOf(there);
    missing = List.copyOf(missing);
  }

  /** Where the variants of a run lie. */
  public static Path folder(Path out) {
    return out.resolve(VariantStore.FOLDER);
  }

  /**
   * Looks for the variants of a study; of one without there are none.
   *
   * @param out the folder that they were made into by a run; they lie in {@code OUT/variants}
   * @param datasets opens a dataset
   * @param models loads a model by name or path
   * @throws io.drivemark.problem.BadInputException if something the study names cannot be used, or
   *     a file is not what its name says
   */
  public static FinishedVariants of(
      Study study,
      Path out,
      Function<DatasetRequest, Dataset> datasets,
      Function<String, Model> models) {
    List<Finished> there = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    if (study.prune().isPresent()) {
      VariantStore store = new VariantStore(out);
      for (VariantJob job : Workshop.open(study, datasets, models).jobs()) {
        if (store.finished(job).isPresent()) {
          there.add(new Finished(job.name(), store.finishedFile(job), job.spec().parent()));
        } else {
          missing.add(job.name());
        }
      }
    }
    return new FinishedVariants(there, missing);
  }
}
