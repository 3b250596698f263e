package io.drivemark.cli;

import picocli.CommandLine.Option;

/** The options that name the splits of a training. */
final class SplitArguments {
  @Option(
      names = "--train-split",
      paramLabel = "S",
      defaultValue = "train",
      description = "The split to learn from (${DEFAULT-VALUE}).")
  private String train;

  @Option(
      names = "--val-split",
      paramLabel = "S",
      defaultValue = "val",
      description = "The split to choose the best weights by (${DEFAULT-VALUE}).")
  private String val;

  String train() {
    return train;
  }

  String val() {
    return val;
  }
}
