package io.drivemark.eval.runner;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.Mappings;
import io.drivemark.datasets.catalog.PictureFolder;
import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.datasets.files.FolderShape;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.eval.runner.accuracy.AccuracyPass;
import io.drivemark.eval.runner.accuracy.DepthPass;
import io.drivemark.eval.runner.accuracy.EntryForm;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.inference.StoredDepth;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.OutputPlaces;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a model's predictions as {@code <sample id>.png}, by the same path of inference as {@link
 * Runner}: label maps, or distances in 16 bits ({@link StoredDepth}), on which {@code score-depth}
 * gives the errors that a run gives. Stateless.
 */
public final class Predictor {
  /** Of pictures whose distances are predicted: nobody asks for classes. */
  private static final LabelSpace NO_LABELS =
      new LabelSpace("none", List.of(new LabelClass("none", 0, "none", false, false)));

  private Predictor() {}

  /**
   * What was written.
   *
   * @param files how many predictions
   * @param issues one a frame left out: why
   * @param notes how the model's file was read, and what looks wrong on the first frames
   * @param input the size that the network was given
   * @param reading how the network was used, line by line: see {@link
   *     io.drivemark.architectures.model.Reading}
   */
  public record Outcome(
      int files, List<String> issues, List<String> notes, FrameSize input, List<String> reading) {
    public Outcome {
      reading = List.copyOf(reading);
      issues = List.copyOf(issues);
      notes = List.copyOf(notes);
    }

    /** What the command line exits with: 1 if a frame was left out, else 0. */
    public int exitCode() {
      return issues.isEmpty() ? 0 : 1;
    }
  }

  /**
   * Predicts every frame of a split; the split need not have labels.
   *
   * @param study one dataset, one model, one engine; its latency and requirements do not matter
   * @param out where the files go; earlier predictions of ours are replaced, nothing else is
   * @throws BadInputException if something the study names cannot be used, or a file would replace
   *     one that is no prediction of ours, or lie where the dataset is read from; then nothing is
   *     written
   * @throws UnavailableException if the engine cannot run here or files cannot be written
   */
  public static Outcome predict(
      Study study, PredictionEncoding encoding, Path out, Progress progress) {
    return predict(study, encoding, out, progress, Sources.installed());
  }

  /**
   * Predicts every picture below a folder, each at its own size: {@code a/b.jpg} becomes {@code
   * a/b.png}. The classes are the model's own, or those that the study's mapping leads to.
   *
   * @param study one model, one engine; its dataset stands for the folder
   * @param folder of pictures; nothing is written into it
   * @param encoding not the label ids of a dataset, for there is none
   * @param out where the files go; files there are overwritten
   * @throws BadInputException as {@link #predict}
   * @throws UnavailableException as {@link #predict}
   */
  public static Outcome predictPictures(
      Study study, Path folder, PredictionEncoding encoding, Path out, Progress progress) {
    return predictPictures(study, folder, encoding, out, progress, Sources.installed());
  }

  static Outcome predictPictures(
      Study study,
      Path folder,
      PredictionEncoding encoding,
      Path out,
      Progress progress,
      Sources sources) {
    if (encoding == PredictionEncoding.LABEL_IDS) {
      throw new BadInputException(
          "encoding label-ids: a folder of pictures has no label values of its own; take train-ids"
              + " (indices of the classes) or color, or name the dataset whose values are wanted");
    }
    ModelSource.Named source = (ModelSource.Named) study.models().get(0);
    Model model = sources.models().apply(source.reference());
    LabelSpace labels =
        model.spec().labelsHead().isEmpty()
            ? NO_LABELS
            : study.mapping().equals(Study.AUTO)
                ? model.spec().labels()
                : Mappings.load(study.mapping()).to();
    Dataset pictures = PictureFolder.open(folder, labels, study.datasets().get(0).limit());
    ReadPlaces places =
        ReadPlaces.of("folder of pictures " + folder, List.of(FolderShape.tree(folder)), List.of());
    return predict(
        study,
        encoding,
        out,
        progress,
        new Sources(request -> pictures, name -> model, sources.engines(), sources.clock()),
        places);
  }

  static Outcome predict(
      Study study, PredictionEncoding encoding, Path out, Progress progress, Sources sources) {
    return predict(study, encoding, out, progress, sources, OutputPlaces.of(study));
  }

  private static Outcome predict(
      Study study,
      PredictionEncoding encoding,
      Path out,
      Progress progress,
      Sources sources,
      ReadPlaces places) {
    Sources unlabelledToo =
        new Sources(
            request -> sources.datasets().apply(request.withLabelsOptional()),
            sources.models(),
            sources.engines(),
            sources.clock());
    List<Cell> cells = Plan.toPredict(study, unlabelledToo).cells();
    if (cells.size() != 1) {
      throw new IllegalArgumentException(
          "one dataset, model and engine expected, found " + cells.size() + " combinations");
    }
    Cell cell = cells.get(0);
    if (cell.availability() instanceof Availability.Missing missing) {
      throw new UnavailableException(
          "engine "
              + cell.engine().name()
              + " cannot run here: "
              + missing.reason()
              + "; "
              + missing.remedy());
    }
    for (String id : cell.dataset().ids()) {
      Path file = PredictionFiles.file(out, id);
      places.requireFile(OutputPlaces.OUT, file);
      PredictionFiles.requireReplaceable(file);
    }
    PredictionCodec codec = new PredictionCodec(encoding, cell.dataset().coding());
    progress.begin("predict", cell.frames().count());
    try (InferencePipeline pipeline = cell.open()) {
      AccuracyPass.Result result =
          cell.task() == Task.DEPTH
              ? DepthPass.forEach(
                  pipeline,
                  cell.frames(),
                  judged ->
                      StoredDepth.write(file(out, judged.sample(), places), judged.prediction()),
                  done -> progress.step(done, cell.title()))
              : AccuracyPass.forEach(
                  pipeline,
                  cell.frames(),
                  (judged, counts) ->
                      codec.write(file(out, judged.sample(), places), judged.prediction()),
                  done -> progress.step(done, cell.title()));
      progress.end();
      return new Outcome(
          result.frames().size(),
          result.issues(),
          EntryForm.notes(cell, result),
          cell.input(),
          result.reading().lines());
    }
  }

  private static Path file(Path out, Sample sample, ReadPlaces places) {
    Path file = PredictionFiles.file(out, sample.id());
    places.requireFile(OutputPlaces.OUT, file);
    return file;
  }
}
