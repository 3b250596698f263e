package io.drivemark.eval.runner.score;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.problem.Counted;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reader of a score should know before believing it: that files were probably read by the
 * wrong encoding, that a metric had to be left out. Stateless.
 */
final class ScoreNotes {
  /** A network that leaves out more than this share of a frame is rare; a wrong encoding is not. */
  private static final double MUCH = 0.1;

  private ScoreNotes() {}

  /**
   * What to say of judged pixels without a predicted class.
   *
   * @param pooled the counts of all frames, void and foreign predictions last
   * @param foreign pixels whose stored value has no meaning
   * @return empty if they are few
   */
  static Optional<String> ofClassless(
      ConfusionMatrix pooled, long foreign, PredictionReading reading, LabelCoding coding) {
    long classless = 0;
    long judged = 0;
    for (long[] row : pooled.counts()) {
      classless += row[row.length - 1];
      for (long count : row) {
        judged += count;
      }
    }
    if (classless <= MUCH * judged) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%.1f %% of the judged pixels have no predicted class%s. %s",
            100.0 * classless / judged,
            foreign == 0
                ? ""
                : ": "
                    + reading.words()
                    + " has no meaning for the values of "
                    + Counted.of(foreign, "pixel"),
            advice(reading, coding)));
  }

  private static String advice(PredictionReading reading, LabelCoding coding) {
    if (!reading.values().isEmpty() || reading.mapping().isPresent()) {
      return "Say what these values mean: --values or --mapping";
    }
    boolean ids = coding.kind() == LabelCoding.Kind.INDEX;
    return switch (reading.encoding()) {
      case TRAIN_IDS ->
          ids
              ? "If the files hold the dataset's own values, say --encoding label-ids"
              : "Files must hold class indices; those with the dataset's colours need --encoding"
                  + " color";
      case LABEL_IDS -> "If the files hold class indices, say --encoding train-ids";
      case COLOR -> "Files must hold exactly the colours of 'drivemark list datasets --details'";
    };
  }

  /** What to say where nobody declared what can be driven on. */
  static Optional<String> ofDrivable(Dataset dataset) {
    return dataset.facts().drivableClasses().isEmpty() && dataset.labels().size() > 1
        ? Optional.of(
            "obstacles taken for drivable ground are not counted: "
                + dataset.name()
                + " declares no drivable classes; name them in its declaration, for example"
                + " 'drivable: ["
                + dataset.labels().classNames().get(0)
                + "]'")
        : Optional.empty();
  }

  /**
   * What to say where iIoU is defined but object files are not there; empty if they all are.
   *
   * @param frames how many there are
   * @param without positions of those that have no file
   */
  static Optional<String> ofObjects(Dataset dataset, int frames, List<Integer> without) {
    if (without.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "iIoU is left out: "
            + (without.size() == frames ? "none" : frames - without.size())
            + " of "
            + frames
            + (frames - without.size() == 1 ? " frames has" : " frames have")
            + " a file of object numbers; "
            + dataset.ids().get(without.get(0))
            + " is the first without");
  }
}
