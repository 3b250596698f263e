package io.drivemark.cli;

import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.Mappings;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.datasets.coding.PredictionValues;
import io.drivemark.datasets.files.FilePattern;
import io.drivemark.problem.BadInputException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that describe predictions of any tool. */
final class ReadingArguments {
  private static final String NEAREST = "nearest";

  @Option(
      names = "--encoding",
      paramLabel = "E",
      defaultValue = "train-ids",
      description = "train-ids, label-ids or color (${DEFAULT-VALUE}).")
  private String encoding;

  @Option(
      names = "--files",
      paramLabel = "PATTERN",
      description =
          "What the files are called below the folder, for example '{id}_leftImg8bit_pred.png' or"
              + " '{city}/{id}.npy': {id} is the sample's id, any other {word} and * some characters"
              + " of a name, ** any folders; without a folder, files at any depth. Files that do not"
              + " fit are left alone.")
  private String files;

  @Option(
      names = "--values",
      paramLabel = "V:CLASS,...|FILE.yaml",
      description =
          "What stored values mean, instead of --encoding: '0:road,1:sidewalk,20..255:void', colours"
              + " as '128,64,128:road'; or a YAML file with these under 'values'.")
  private String values;

  @Option(
      names = "--mapping",
      paramLabel = "NAME|FILE",
      description =
          "The predictions have other classes: map them onto the dataset's (see 'drivemark list"
              + " mappings'). --values then names the predictions' own classes.")
  private String mapping;

  @Option(
      names = "--resize",
      paramLabel = NEAREST,
      description =
          "Bring predictions of another size to the truth's, each pixel taking the nearest label;"
              + " said in the result.")
  private String resize;

  /**
   * How predictions are read.
   *
   * @param labels the dataset's classes
   */
  PredictionReading reading(LabelSpace labels) {
    PredictionEncoding coding = PredictionEncoding.parse(encoding);
    if (resize != null && !resize.equals(NEAREST)) {
      throw new BadInputException(
          "--resize is " + resize + ", expected nearest: labels are no grey");
    }
    if (files != null) {
      FilePattern.of("--files", files);
    }
    Optional<LabelMapping> mapped = Optional.ofNullable(mapping).map(Mappings::load);
    mapped
        .filter(m -> !m.to().classNames().equals(labels.classNames()))
        .ifPresent(
            m -> {
              throw new BadInputException(
                  "--mapping "
                      + mapping
                      + " leads to the classes of "
                      + m.to().name()
                      + ", expected those of the dataset, "
                      + labels.name());
            });
    LabelSpace own = mapped.map(LabelMapping::from).orElse(labels);
    Optional<PredictionValues> meaning =
        Optional.ofNullable(values).map(text -> PredictionValues.parse(text, own));
    return new PredictionReading(
        coding,
        Optional.ofNullable(files),
        meaning.map(PredictionValues::meaning).orElse(Map.of()),
        meaning.map(PredictionValues::colors).orElse(false),
        mapped,
        resize != null);
  }
}
