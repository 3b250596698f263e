package io.drivemark.cli;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The options that say which frames are meant, the same in every command. */
final class DatasetArguments {
  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "NAME|FILE.yaml",
      description = "A dataset's name (see 'drivemark list datasets') or a file that declares one.")
  private String dataset;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder its files lie in; generated datasets have none.")
  private Path root;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N frames of the split only.")
  private Integer limit;

  @Option(
      names = "--data-option",
      paramLabel = "KEY=VALUE",
      description = "What a generated dataset takes, for example count=40 or size=360x480.")
  private final Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--where",
      paramLabel = "NAME=VALUE",
      description =
          "Take the frames that have this attribute only, for example light=dusk or"
              + " sequence=0001TP; repeatable.")
  private final Map<String, String> where = new LinkedHashMap<>();

  String name() {
    return dataset;
  }

  Optional<Path> root() {
    return Optional.ofNullable(root);
  }

  OptionalInt limit() {
    if (limit == null) {
      return OptionalInt.empty();
    }
    if (limit < 1) {
      throw new BadInputException("--limit is " + limit + ", expected at least 1");
    }
    return OptionalInt.of(limit);
  }

  Map<String, String> options() {
    return options;
  }

  Map<String, String> where() {
    return where;
  }

  /** The files and folders that the dataset is read from. */
  ReadPlaces places(String split) {
    return Datasets.places(request(split, true));
  }

  /** The request for one split. */
  DatasetRequest request(String split, boolean labelsOnly) {
    return new DatasetRequest(dataset, root(), split, limit(), options, labelsOnly)
        .withWhere(where);
  }
}
