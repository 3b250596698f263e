package io.drivemark.cli;

import io.drivemark.architectures.estimate.Tiles;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.sheet.Obstacle;
import io.drivemark.architectures.training.RecipeOptions;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.CalibrationSet;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.architectures.variant.GateMaker;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.GateTask;
import io.drivemark.architectures.variant.JointRequest;
import io.drivemark.architectures.variant.JointTask;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.architectures.variant.PruneTask;
import io.drivemark.architectures.variant.VariantMaker;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.eval.runner.study.PruneSpec;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a smaller model of a model, and trains it further; the same command resumes. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    header = Summaries.PRUNE,
    description = {
      "Removes filters or whole layers from any model, measures its normalisation anew on frames"
          + " of the train split, trains it further if asked to, and writes one ONNX file that"
          + " says what was removed, from what, and by what.",
      "With --finetune-epochs the state after each epoch lies in FILE.onnx.checkpoint: killed at"
          + " any time, the same command goes on. Its plans, and the states between rounds, lie in"
          + " FILE.onnx.rounds.",
      "With --technique dynamic each frame uses its own part of the network, as gates in it predict;"
          + " --estimate says before any training what that would save."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  drivemark prune --model enet-synthdrive --technique filter --keep macs=0.6 \\",
      "      --dataset synthdrive --out narrow.onnx",
      "  drivemark prune --model enet-synthdrive --technique filter --keep latency=0.6 \\",
      "      --latency-engine onnxruntime --dataset synthdrive --out faster.onnx",
      "  drivemark prune --model enet-synthdrive --technique layer --remove-layers 6 \\",
      "      --criterion taylor-gate --dataset synthdrive --finetune-epochs 10 --out shallow.onnx",
      "  drivemark prune --model enet-synthdrive --technique joint --keep params=0.2 \\",
      "      --dataset synthdrive --finetune-epochs 20 --out masked.onnx",
      "  drivemark prune --model enet-synthdrive --technique dynamic --estimate \\",
      "      --dataset synthdrive",
      "  drivemark prune --model enet-synthdrive --technique dynamic --keep macs=0.6 \\",
      "      --dataset synthdrive --finetune-epochs 10 --out dynamic.onnx"
    })
final class PruneCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description =
          "The parent: a shipped model's name, an ONNX file, or a model file (YAML); not changed.")
  private String model;

  @Mixin private PruneArguments pruning;

  @Mixin private GateArguments gates;

  @Mixin private JointArguments masks;

  @Mixin private DatasetArguments dataset;

  @Option(
      names = "--out",
      paramLabel = "FILE.onnx",
      description = "The file to write; needed unless an estimate is asked for.")
  private Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "How studies call it; by default PARENT-TECHNIQUE-CRITERION-KEPT, KEPT the percentage of"
              + " the multiply-accumulates that remain.")
  private String name;

  @Option(
      names = "--finetune-epochs",
      paramLabel = "N",
      defaultValue = "0",
      description = "Times through the train split afterwards (${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--round-epochs",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Times through the train split after each round of --iterations but the last"
              + " (${DEFAULT-VALUE}).")
  private int roundEpochs;

  @Option(
      names = "--distill",
      paramLabel = "WEIGHT[@T]",
      description =
          "Learn from the parent's logits, softened by temperature T (2), besides the labels:"
              + " WEIGHT, for example 0.5, of the loss is theirs.")
  private String distill;

  @Option(
      names = "--from-scratch",
      description =
          "The control: forget the weights and train the smaller network from random ones, by the"
              + " recipe of 'drivemark train'. Needs --finetune-epochs.")
  private boolean fromScratch;

  @Option(
      names = "--calibration-frames",
      paramLabel = "N",
      defaultValue = "" + PruneSpec.USUAL_CALIBRATION_FRAMES,
      description =
          "Frames of the train split that criteria and normalisation look at (${DEFAULT-VALUE}).")
  private int calibration;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Do what this plan says, instead of --keep or --remove-layers.")
  private Path plan;

  @Option(
      names = "--save-plan",
      paramLabel = "FILE",
      description = "Write the plan, as JSON or, to a .yaml file, as YAML.")
  private Path savePlan;

  @Mixin private SplitArguments splits;

  @ArgGroup(
      validate = false,
      heading =
          "%nThe recipe of fine-tuning (defaults in brackets, but adam at 0.0001, and crops of the"
              + " model's size):%n")
  private final RecipeArguments arguments = new RecipeArguments();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (pruning.technique() == Technique.DYNAMIC) {
      return dynamic();
    }
    if (pruning.technique() == Technique.JOINT) {
      return joint();
    }
    GateArguments.requireNone(spec.commandLine().getParseResult());
    JointArguments.requireNone(spec.commandLine().getParseResult());
    requireOut();
    OutputFile.requireWritable("--save-plan", savePlan);
    requireAtLeast0("--finetune-epochs", epochs);
    requireAtLeast0("--round-epochs", roundEpochs);
    if (roundEpochs > 0 && pruning.iterations() == 1) {
      throw new BadInputException(
          "--round-epochs trains between rounds: say how many there are with --iterations N");
    }
    if (fromScratch && epochs == 0) {
      throw new BadInputException(
          "--from-scratch forgets all weights: say how long to train with --finetune-epochs N");
    }
    TrainingRecipe checked = recipe(TrainingRecipe.defaults());
    PruneRequest request = plan == null ? pruning.request(checked.seed()) : null;
    PruneParent opened = open(calibration, epochs + roundEpochs > 0);
    Model parent = opened.parent();
    CalibrationSet frames = opened.frames();
    VariantMaker.requirePrunable(parent);
    Obstacle.of(parent.network())
        .forEach(o -> spec.commandLine().getErr().println("note: " + o.sentence()));
    TrainingRecipe recipe =
        recipe(
            fromScratch
                ? TrainingRecipe.defaults()
                    .forTask(FineTuning.task(parent.spec()))
                    .withCrop(frames.height(), frames.width())
                : FineTuning.recipe(parent.spec(), frames.height(), frames.width()));
    VariantMaker maker =
        new VariantMaker(
            task(request, parent, recipe, frames),
            opened.setting(
                request == null ? LatencyTables.notKept() : pruning.tables(request),
                rounds(),
                recipe.threads()),
            TerminalProgress.to(spec.commandLine().getErr()));
    maker.widths().ifPresent(widths -> say("%s", widths));
    VariantMaker.Start start = maker.start(maker.decide());
    if (savePlan != null) {
      PlanFile.write(start.plan(), savePlan);
    }
    PrunedLines.of(parent.network(), start.model().network(), frames, start.plan())
        .forEach(line -> say("%s", line));
    return output().deliver(maker.finish(start.model(), output().checkpoint()), opened.val());
  }

  private PruneParent open(int frames, boolean trains) {
    requireApart();
    Model parent = Models.load(model);
    Dataset train = Datasets.open(dataset.request(splits.train(), false));
    Dataset val = trains ? Datasets.open(dataset.request(splits.val(), false)) : train;
    VariantMaker.requireUsable(model, parent, train);
    return new PruneParent(parent, train, val, new CalibrationSet(train, parent.spec(), frames));
  }

  private void requireOut() {
    if (out == null) {
      throw new BadInputException("say where the model goes: --out FILE.onnx");
    }
    OutputFile.requireOnnx(out);
  }

  private static void requireAtLeast0(String option, int value) {
    if (value < 0) {
      throw new BadInputException(option + " is " + value + ", expected at least 0");
    }
  }

  private PruneOutput output() {
    return new PruneOutput(name, out, spec.commandLine().getOut());
  }

  private Integer joint() {
    GateArguments.requireOursOfJoint(spec.commandLine().getParseResult());
    requireOut();
    JointRequest request =
        masks.request(pruning, gates.unitGiven(), epochs, recipe(TrainingRecipe.defaults()).seed());
    PruneParent opened = open(calibration, true);
    CalibrationSet frames = opened.frames();
    TrainingRecipe recipe =
        recipe(FineTuning.recipe(opened.parent().spec(), frames.height(), frames.width()));
    return new JointPruning(new JointTask(request, recipe), opened, pruning, spec.commandLine())
        .run(output(), masks.maskedOut());
  }

  private Integer dynamic() {
    GateArguments.requireOurs(spec.commandLine().getParseResult());
    JointArguments.requireNone(spec.commandLine().getParseResult());
    requireAtLeast0("--finetune-epochs", epochs);
    GateRequest request = gates.request(pruning, recipe(TrainingRecipe.defaults()).seed());
    OutputFile.requireWritable("--json", gates.json());
    Tiles tiles = gates.tiles();
    if (!gates.isEstimate()) {
      requireOut();
      if (epochs == 0 && !request.constant()) {
        throw new BadInputException(
            "gates learn in training: say how long to train with --finetune-epochs N; --constant"
                + " alone needs none");
      }
    }
    PruneParent opened = open(gates.frames(calibration), epochs > 0);
    CalibrationSet frames = opened.frames();
    TrainingRecipe recipe =
        recipe(FineTuning.recipe(opened.parent().spec(), frames.height(), frames.width()));
    GateMaker maker =
        new GateMaker(
            new GateTask(request, epochs == 0 ? Optional.empty() : Optional.of(recipe)),
            opened.setting(pruning.keptTables(), Optional.empty(), recipe.threads()),
            TerminalProgress.to(spec.commandLine().getErr()));
    DynamicPruning dynamic = new DynamicPruning(maker, spec.commandLine().getOut());
    if (gates.isEstimate()) {
      dynamic.estimate(pruning.clock(), tiles, gates.ratio(request), gates.json());
      return ExitCode.FINE;
    }
    Model start = dynamic.start(gates.json());
    FineTuning.Finished finished = maker.finish(start, output().checkpoint());
    output().deliver(finished, opened.val());
    return dynamic.reached(finished.model(), request);
  }

  /** All that is asked for. */
  private PruneTask task(
      PruneRequest request, Model parent, TrainingRecipe recipe, CalibrationSet frames) {
    return new PruneTask(
        request == null
            ? new PruneTask.Decided(pruning.saved(plan))
            : new PruneTask.Decide(request, pruning.approach(roundEpochs)),
        roundEpochs == 0
            ? Optional.empty()
            : Optional.of(
                recipe(FineTuning.recipe(parent.spec(), frames.height(), frames.width()))
                    .withEpochs(roundEpochs)),
        fromScratch,
        recipe.seed(),
        epochs == 0 ? Optional.empty() : Optional.of(recipe));
  }

  /** Nothing is written where the parent, the plan or the dataset is read from. */
  private void requireApart() {
    ReadPlaces places =
        Models.places(model)
            .and(dataset.places(splits.train()))
            .and(dataset.places(splits.val()))
            .and(
                plan == null
                    ? ReadPlaces.NONE
                    : ReadPlaces.of("the plan", List.of(), List.of(plan)));
    if (out != null) {
      OutputFile.requireApart(places, out);
    }
    places.requireFile("--json", gates.json());
    places.requireFile("--masked-out", masks.maskedOut());
    places.requireFile("--save-plan", savePlan);
    places.requireFolder("--latency-tables", pruning.tables());
  }

  /** Plans of rounds are kept where the command may have to go on after a kill. */
  private Optional<Path> rounds() {
    return plan != null || pruning.iterations() == 1 && epochs == 0
        ? Optional.empty()
        : Optional.of(Path.of(out + ".rounds"));
  }

  private TrainingRecipe recipe(TrainingRecipe usual) {
    Map<String, String> options = new LinkedHashMap<>(arguments.given());
    if (distill != null) {
      options.put("distill", distill);
    }
    TrainingRecipe given = RecipeOptions.apply(usual, options);
    return epochs == 0 ? given : given.withEpochs(epochs);
  }

  private void say(String format, Object... values) {
    spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
  }
}
