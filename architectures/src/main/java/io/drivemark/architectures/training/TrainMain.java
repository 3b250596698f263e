package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains an architecture from the shell: {@code architecture=enet dataset=camvid root=DIR
 * out=FILE.onnx [option.k=v …] [data.k=v …] [recipe options]}; the same command resumes. The
 * checkpoint is {@code FILE.onnx.checkpoint}.
 */
public final class TrainMain {
  private TrainMain() {}

  /** Runs the training and writes the best network. */
  public static void main(String[] arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        throw new BadInputException("argument '" + argument + "': expected key=value");
      }
      given.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    String architecture = given.remove("architecture");
    Path out = Path.of(given.remove("out"));
    DatasetRequest request = DatasetRequest.of(given.remove("dataset"), "train");
    String root = given.remove("root");
    if (root != null) {
      request = request.withRoot(Path.of(root));
    }
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, String> recipeOptions = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      if (entry.getKey().startsWith("option.")) {
        options.put(entry.getKey().substring("option.".length()), entry.getValue());
      } else if (entry.getKey().startsWith("data.")) {
        request = request.withOption(entry.getKey().substring("data.".length()), entry.getValue());
      } else {
        recipeOptions.put(entry.getKey(), entry.getValue());
      }
    }
    TrainingRecipe recipe = RecipeOptions.apply(TrainingRecipe.defaults(), recipeOptions);
    Dataset train = Datasets.open(request);
    Dataset val =
        Datasets.open(
            new DatasetRequest(
                request.name(), request.root(), "val", request.limit(), request.options(), false));
    Network start =
        Architectures.build(architecture, options, train.labels().size(), recipe.seed());
    TrainingResult result =
        Trainer.train(
            start,
            InputSpec.IMAGENET,
            train,
            val,
            recipe,
            Path.of(out + ".checkpoint"),
            new Lines());
    Network best =
        result
            .best()
            .withMetadata(
                Map.of(
                    "drivemark.provenance.valMiou", result.miou().toString(),
                    "drivemark.provenance.epoch", Integer.toString(result.epoch()),
                    "drivemark.provenance.recipe", recipe.toString()));
    OnnxWriter.write(best, out, recipe.cropHeight(), recipe.cropWidth());
    System.out.println("best val mIoU " + result.miou() + " after epoch " + result.epoch());
    System.out.println(result.ious());
  }

  /** Progress as lines, one every ten seconds at most. */
  private static final class Lines implements Progress {
    private long last;

    @Override
    public void begin(String task, long steps) {
      System.out.println(task + ", " + steps + " steps");
    }

    @Override
    public void step(long done, String detail) {
      if (System.nanoTime() - last > 10_000_000_000L) {
        last = System.nanoTime();
        System.out.println(done + ": " + detail);
      }
    }

    @Override
    public void end() {}
  }
}
