package io.drivemark.architectures.cue.standard;

import io.drivemark.architectures.cue.AroundPath;
import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueData;
import io.drivemark.architectures.cue.CueType;
import io.drivemark.architectures.cue.FrameAnswer;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.ReadyCue;
import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.cue.Scores;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.datasets.Dataset;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Weighs classes by how often they occur at a place of the picture in the frames that are trained
 * on: {@code ln p + strength·ln prior}, after Chan et al. (arXiv 1901.08394). Strength −1 is the
 * maximum-likelihood rule, which finds more of rare classes; a positive one does the opposite. 0
 * leaves the network's answer as it is. A strength is chosen on the frames that are trained on, as
 * the prior is fitted on them alone.
 *
 * <p>Example: p (0.5, 0.3, 0.2) where the prior is (0.7, 0.1, 0.2): class 0 wins for strength 0,
 * class 1 for −1, and they change places at −0.26251.
 *
 * @param split what it is fitted on; its name begins with {@code train}
 * @param strength any number
 * @param cell about how many pixels a cell of the prior is wide and high, at least 1
 */
public record LocationPrior(String split, double strength, int cell) implements Cue {
  private static final String NAME = "location-prior";
  private static final int DERIVATION = 1;
  private static final String TRAIN = "train";
  private static final int USUAL_CELL = 16;

  /** Reads them: {@code {split: train, strength: -1, cell: 16}}. */
  public static final class Type implements CueType {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "weighs classes by how often they occur at a place of the picture";
    }

    @Override
    public Cue read(ConfigMap keys) {
      String split = keys.string("split", TRAIN);
      if (!split.startsWith(TRAIN)) {
        keys.problem(
            "split",
            "found "
                + split
                + ", expected a split that is trained on, whose name begins with train: a prior"
                + " that was learnt from other frames has seen what it is judged on");
      }
      Optional<Double> strength = keys.optionalNumber("strength");
      if (!keys.has("strength")) {
        keys.problem("strength", "is missing, expected a number; -1 favours rare classes");
      }
      int cell = keys.integer("cell", USUAL_CELL);
      if (cell < 1) {
        keys.problem("cell", "found " + cell + ", expected at least 1");
      }
      return new LocationPrior(
          split.startsWith(TRAIN) ? split : TRAIN, strength.orElse(0.0), Math.max(1, cell));
    }
  }

  public LocationPrior {
    if (!split.startsWith(TRAIN) || !Double.isFinite(strength) || cell < 1) {
      throw new IllegalArgumentException(
          "location-prior: split " + split + ", strength " + strength + ", cell " + cell);
    }
  }

  @Override
  public String type() {
    return NAME;
  }

  @Override
  public int derivation() {
    return DERIVATION;
  }

  @Override
  public Map<String, Object> keys() {
    return Map.of("split", split, "strength", strength, "cell", cell);
  }

  @Override
  public String shortName() {
    return "prior"
        + Numbers.text(strength)
        + (split.equals(TRAIN) ? "" : "-" + split)
        + (cell == USUAL_CELL ? "" : "-cell" + cell);
  }

  @Override
  public boolean remembers() {
    return false;
  }

  /**
   * {@inheritDoc} Goes through all labels of the split.
   *
   * @throws BadInputException if the split is the judged one, shares frames with it, or a frame of
   *     it cannot be read
   */
  @Override
  public ReadyCue ready(CueData data) {
    Dataset train = data.split(split);
    requireApart(train, data.judged());
    PlacePrior prior = PlacePrior.of(train, cell);
    return new ReadyCue(
        setting() + " prior " + prior.digest(),
        (inner, others) -> new Path(strength, prior, inner));
  }

  private static void requireApart(Dataset train, Dataset judged) {
    boolean same = train.name().equals(judged.name()) && train.split().equals(judged.split());
    Set<String> seen = new HashSet<>(train.idsOfSplit());
    Optional<String> both = judged.ids().stream().filter(seen::contains).findFirst();
    if (same || both.isPresent()) {
      throw new BadInputException(
          "cue location-prior: it is fitted on "
              + train.name()
              + "/"
              + train.split()
              + " and judged on "
              + judged.name()
              + "/"
              + judged.split()
              + both.map(id -> ", which both have frame " + id).orElse("")
              + "; judge it on frames that it has not seen");
    }
  }

  static final class Path extends AroundPath {
    private final ScoreSite site;
    private final FloatBuffer buffer;
    private final float[] planes;
    private final float[] weights;

    Path(double strength, PlacePrior prior, FramePath inner) {
      super(NAME, inner);
      this.site = ScoreSite.require(NAME, inner);
      this.buffer = site.newBuffer();
      this.planes = site.newPlanes();
      this.weights = prior.planes(site, inner.title());
      for (int i = 0; i < weights.length; i++) {
        weights[i] =
            site.form() == Form.LOGITS
                ? (float) (strength * Math.log(weights[i]))
                : (float) Math.pow(weights[i], strength);
      }
    }

    @Override
    public Optional<ScoreSite> scores() {
      return Optional.of(site);
    }

    @Override
    protected void forget() {
      // it remembers nothing of a sequence
    }

    @Override
    protected FrameAnswer answer(PathFrame frame) {
      FrameAnswer answer = inner().next(frame);
      answer.scores().orElseThrow().planes(planes);
      boolean adds = site.form() == Form.LOGITS;
      for (int i = 0; i < planes.length; i++) {
        planes[i] = adds ? planes[i] + weights[i] : planes[i] * weights[i];
      }
      site.write(planes, buffer);
      return answer.withScores(new Scores(site, buffer));
    }
  }
}
