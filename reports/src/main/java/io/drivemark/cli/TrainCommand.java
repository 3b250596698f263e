package io.drivemark.cli;

import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.training.DepthLearning;
import io.drivemark.architectures.training.LabelScore;
import io.drivemark.architectures.training.LearnableModel;
import io.drivemark.architectures.training.Learning;
import io.drivemark.architectures.training.LearningTask;
import io.drivemark.architectures.training.RecipeOptions;
import io.drivemark.architectures.training.Trainer;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.training.TrainingResult;
import io.drivemark.architectures.training.ValFigure;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.architectures.variant.Gating;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.problem.BadInputException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains an architecture on a dataset; the same command resumes. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    header = Summaries.TRAIN,
    description = {
      "Trains an architecture from random weights (or a model further, with --from) on a dataset's"
          + " train split, keeps the weights that score best on val, and writes them as one ONNX"
          + " file that says how it came to be.",
      "The state after each epoch lies in FILE.onnx.checkpoint: killed at any time, the same"
          + " command goes on."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  drivemark list architectures",
      "  drivemark train --architecture enet --dataset camvid --root /data/camvid \\",
      "      --epochs 120 --out enet-camvid.onnx"
    })
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--architecture",
      paramLabel = "A",
      description = "What to train (see 'drivemark list architectures').")
  private String architecture;

  @Option(
      names = "--from",
      paramLabel = "M",
      description =
          "Train this model further instead of random weights: a shipped model's name, an ONNX file"
              + " or a model file. Its architecture, options and normalisation are kept.")
  private String from;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "An option of the architecture, for example width=1.5; repeatable.")
  private final Map<String, String> options = new LinkedHashMap<>();

  @Mixin private DatasetArguments dataset;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The file to write.")
  private Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "How studies call it; by default the file's name without .onnx.")
  private String name;

  @Mixin private SplitArguments splits;

  @ArgGroup(validate = false, heading = "%nThe recipe (defaults in brackets):%n")
  private final RecipeArguments arguments = new RecipeArguments();

  @Option(names = "--epochs", paramLabel = "N", description = "Times through the split (100).")
  private String epochs;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    OutputFile.requireOnnx(out);
    Map<String, String> given = arguments.given(epochs);
    long seed = RecipeOptions.apply(TrainingRecipe.defaults(), given).seed();
    ReadPlaces places = dataset.places(splits.train()).and(dataset.places(splits.val()));
    OutputFile.requireApart(from == null ? places : places.and(Models.places(from)), out);
    Dataset train = Datasets.open(dataset.request(splits.train(), false));
    Dataset val = Datasets.open(dataset.request(splits.val(), false));
    Model start = from != null ? loaded(train) : random(train.labels(), seed);
    TrainingRecipe recipe =
        RecipeOptions.apply(
            TrainingRecipe.defaults().forTask(FineTuning.task(start.spec())), given);
    Learning learning = FineTuning.learning(start);
    PrintWriter err = spec.commandLine().getErr();
    TrainingResult result =
        Trainer.train(
            start.network(),
            learning,
            start.spec().input(),
            train,
            val,
            recipe,
            Path.of(out + ".checkpoint"),
            TerminalProgress.to(err));
    Model model =
        new Model(
                describe(start.spec(), learning.task(), train, val, recipe, result), result.best())
            .forInference();
    Models.write(model, out);
    print(model, val, result);
    return ExitCode.FINE;
  }

  /** The architecture with random weights. */
  private Model random(LabelSpace labels, long seed) {
    if (architecture == null) {
      throw new BadInputException(
          "give --architecture A (see 'drivemark list architectures'), or --from M to train"
              + " a model further");
    }
    Model model = Models.untrained(architecture, architecture, options, labels, seed);
    return new Model(
        model.spec().withProvenance(Map.of("start", "random weights")), model.network());
  }

  /** The model named by {@code --from}, which must know the dataset's classes. */
  private Model loaded(Dataset train) {
    Model model = Models.load(from);
    ModelSpec about = model.spec();
    if (architecture != null && !architecture.equals(about.architecture()) || !options.isEmpty()) {
      throw new BadInputException(
          from
              + " is "
              + about.architecture()
              + " "
              + about.options()
              + "; with --from leave --architecture and --option out");
    }
    LearnableModel.require(from, about, train, "training needs logits");
    Map<String, String> before = new TreeMap<>();
    about.provenance().forEach((key, value) -> before.put("from." + key, value));
    before.putAll(Gating.facts(about));
    before.put("start", "weights of " + about.name() + ", digest " + Models.digest(model));
    return new Model(about.withProvenance(before), model.network());
  }

  private ModelSpec describe(
      ModelSpec start,
      LearningTask task,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      TrainingResult result) {
    RgbImage first = val.frame(0).image();
    ModelSpec.Size frame = new ModelSpec.Size(first.height(), first.width());
    ModelSpec.Size size =
        task instanceof DepthLearning depth
            ? depth.size(start.input(), recipe).orElse(frame)
            : frame;
    return new ModelSpec(
        name != null ? name : stem(),
        start.architecture(),
        start.options(),
        start.input().withSize(size),
        start.heads().stream().map(h -> ofDataset(h, train)).toList(),
        start.variant(),
        provenance(start, task, train, val, recipe, result),
        start.wiring());
  }

  /** Labels of a model are, from now on, those of the dataset: equal classes, its name for them. */
  private static Head ofDataset(Head head, Dataset train) {
    return head.kind() instanceof LabelsHead labels
        ? new Head(head.name(), head.output(), new LabelsHead(train.labels(), labels.form()))
        : head;
  }

  private static Map<String, String> provenance(
      ModelSpec start,
      LearningTask task,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      TrainingResult result) {
    Map<String, String> facts = new LinkedHashMap<>(start.provenance());
    facts.put("dataset", train.name());
    facts.put("trained-on", train.split() + ", " + train.ids().size() + " frames");
    facts.put("train-digest", train.digest());
    facts.put("chosen-on", val.split() + ", " + val.ids().size() + " frames");
    facts.put("epochs", Integer.toString(result.history().size()));
    facts.put("best-epoch", Integer.toString(result.epoch()));
    facts.putAll(task.facts(train, recipe));
    facts.putAll(result.val().facts());
    facts.put("seed", Long.toString(recipe.seed()));
    facts.put("recipe", recipe.text());
    return facts;
  }

  private String stem() {
    String file = out.getFileName().toString();
    return file.substring(0, file.length() - ".onnx".length());
  }

  private void print(Model model, Dataset val, TrainingResult result) {
    PrintWriter print = spec.commandLine().getOut();
    if (result.val() instanceof LabelScore labels) {
      List<MetricValue> ious = labels.ious();
      for (int i = 0; i < ious.size(); i++) {
        print.println(
            String.format(
                Locale.ROOT,
                "  %-20s %s",
                val.labels().classes().get(i).name(),
                ValFigure.text(ious.get(i).value())));
      }
    }
    print.println(
        result.val().figure().title()
            + " on "
            + val.split()
            + " "
            + ValFigure.text(result.val().value())
            + " after epoch "
            + result.epoch());
    print.println(OutputFile.summary(model, out));
  }
}
