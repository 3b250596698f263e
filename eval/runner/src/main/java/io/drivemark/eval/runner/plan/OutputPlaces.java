package io.drivemark.eval.runner.plan;

import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.Study;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Insists that what is written lies apart from what is read: the folder of a study from its
 * datasets. Stateless.
 */
public final class OutputPlaces {
  public static final String OUT = "--out";

  /** What a run and its report write into the folder. */
  private static final List<String> FOLDERS = List.of("cells", "variants", "reach");

  private static final List<String> FILES =
      List.of("results.json", "results.csv", "report.html", "report.md");

  private OutputPlaces() {}

  /** The places that a study's datasets are read from. */
  public static ReadPlaces of(Study study) {
    Stream<DatasetSpec> training =
        study.prune().stream().flatMap(prune -> Stream.of(prune.train(), prune.val()));
    return Stream.concat(study.datasets().stream(), training)
        .distinct()
        .map(dataset -> Datasets.places(dataset.request()))
        .reduce(ReadPlaces.NONE, ReadPlaces::and);
  }

  /**
   * Refuses a folder for a study's cells, variants and report where one of them would replace or
   * join what the study reads.
   */
  public static void requireApart(Study study, Path out) {
    ReadPlaces places = of(study);
    FOLDERS.forEach(name -> places.requireFolder(OUT, out.resolve(name)));
    FILES.forEach(name -> places.requireFile(OUT, out.resolve(name)));
  }
}
