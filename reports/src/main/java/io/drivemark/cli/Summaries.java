package io.drivemark.cli;

/**
 * What each command does, in a line of the help. They stand here and not at the commands, so that
 * the list of commands can be printed before any command is looked at. Stateless.
 */
final class Summaries {
  /** What the program itself is for. */
  static final String DRIVEMARK =
      "Which segmentation network should drive, on this hardware, within this time budget?%n"
          + "Drivemark runs networks over driving frames, measures accuracy and speed, and writes"
          + " the report a team decides from.";

  /** What its help ends with. */
  static final String START =
      "  drivemark demo                      a first report, two minutes, nothing needed%n"
          + "  drivemark list models               what there is to run%n"
          + "  drivemark run study.yaml --out DIR  your models on your frames%n"
          + "%n"
          + "Exit codes: 0 fine, 1 findings, 2 bad input, 3 environment, not built yet, or a"
          + " crash.";

  static final String DEMO = "A first report without any data, in about two minutes.%n";
  static final String RUN = "Runs a study and writes its report.%n";
  static final String WORK = "Measures a part of a study that was shared out.%n";
  static final String MERGE = "Puts together what workers found.%n";
  static final String NIGHTLY =
      "Measures, remembers, judges, confirms and tells: what runs every night.%n";
  static final String HISTORY = "Shows all series of a store over nights, as a page or as JSON.%n";
  static final String SCORE = "Scores prediction files that any tool made.%n";
  static final String SCORE_DEPTH = "Scores distances or disparities that any tool made.%n";
  static final String PREDICT = "Writes what a model sees in each frame.%n";
  static final String REPORT = "Writes a finished study's report anew.%n";
  static final String COMPARE = "Says what changed between two results.%n";
  static final String SELECT = "Which networks can be chosen, with what certainty.%n";
  static final String TRAIN = "Trains an architecture; the same command resumes.%n";
  static final String PRUNE =
      "Makes a network narrower, shallower or dynamic, and fine-tunes it.%n";
  static final String IMPORT = "Turns a checkpoint or foreign file into ONNX.%n";
  static final String EXPORT = "Writes a model as ONNX for a given size.%n";
  static final String COST = "Parameters, multiply-accumulates, memory.%n";
  static final String REACH = "Which latencies random pruning reaches.%n";
  static final String LIST = "Lists what there is, by name.%n";
  static final String SYNTH = "Writes generated driving scenes as files.%n";
  static final String CORRUPT = "Writes frames made worse: noise, blur, darkness, fog and more.%n";
  static final String VERIFY = "Looks through a dataset for mistakes.%n";
  static final String DATASETS = "Looks through datasets: 'drivemark datasets verify'.%n";
  static final String FORK = "Times cells of a finished study again.%n";
  static final String STORE = "Keeps results of nights in a database.%n";
  static final String ACCEPT = "Says that an event of the nights is meant.%n";
  static final String ANNOTATE = "Notes something of a night.%n";
  static final String EXCLUDE = "Takes a night out of all baselines.%n";

  private Summaries() {}
}
