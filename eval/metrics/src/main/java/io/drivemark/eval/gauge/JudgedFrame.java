package io.drivemark.eval.gauge;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RoadPlane;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.metrics.gates.SiteGates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A frame with its truth and what was predicted for it. Lives while it is counted: label maps and
 * arrays go to the next frame then. For one thread.
 */
public final class JudgedFrame {
  private final Dataset dataset;
  private final int index;
  private final LabelMap truth;
  private final LabelMap prediction;
  private final PixelArrays arrays;
  private Optional<Calibration> calibration = Optional.empty();
  private Optional<Depth> trueDepth = Optional.empty();
  private Optional<Instances> trueObjects = Optional.empty();
  private Optional<Depth> predictedDepth = Optional.empty();
  private Optional<List<SiteGates>> gates = Optional.empty();
  private Optional<GatedMacs> gatedMacs = Optional.empty();
  private final Map<Object, Object> shared = new HashMap<>();

  /**
   * A frame with a predicted label map.
   *
   * @param index its position in the split
   * @param truth H×W
   * @param prediction H×W, of the same label space
   * @param arrays where what is read goes
   */
  public JudgedFrame(
      Dataset dataset, int index, LabelMap truth, LabelMap prediction, PixelArrays arrays) {
    this.dataset = Objects.requireNonNull(dataset, "dataset");
    this.index = Objects.checkIndex(index, dataset.ids().size());
    this.truth = Objects.requireNonNull(truth, "truth");
    this.prediction = Objects.requireNonNull(prediction, "prediction");
    this.arrays = Objects.requireNonNull(arrays, "arrays");
  }

  /** Adds how often the prediction is right, by how sure it is; see {@link Subject.Given}. */
  public JudgedFrame withCalibration(Calibration ofFrame) {
    this.calibration = Optional.of(ofFrame);
    return this;
  }

  /** Adds the true distances where they are at hand, so that they are not read again. */
  public JudgedFrame withTrueDepth(Optional<Depth> metres) {
    this.trueDepth = metres;
    return this;
  }

  /** Adds the true objects where they are at hand, so that they are not read again. */
  public JudgedFrame withTrueObjects(Optional<Instances> numbers) {
    this.trueObjects = numbers;
    return this;
  }

  /** Adds the predicted distances, in metres; see {@link Subject.Given}. */
  public JudgedFrame withDepth(Depth metres) {
    this.predictedDepth = Optional.of(metres);
    return this;
  }

  /**
   * Adds which units of a gated network were live on the frame; see {@link Subject.Given}.
   *
   * @param sites in the network's order
   */
  public JudgedFrame withGates(List<SiteGates> sites) {
    this.gates = Optional.of(List.copyOf(sites));
    return this;
  }

  /** Adds what a gated network computed for the frame; see {@link Subject.Given}. */
  public JudgedFrame withGatedMacs(GatedMacs macs) {
    this.gatedMacs = Optional.of(macs);
    return this;
  }

  /** Its position in the split. */
  public int index() {
    return index;
  }

  /** The sample's id. */
  public String id() {
    return dataset.ids().get(index);
  }

  /** The true class of each pixel. */
  public LabelMap truth() {
    return truth;
  }

  /** The predicted class of each pixel, on the truth's grid. */
  public LabelMap prediction() {
    return prediction;
  }

  /**
   * The true objects; empty where the frame has no file of them.
   *
   * @throws io.drivemark.problem.BadInputException if the file is damaged or does not fit
   */
  public Optional<Instances> objects() {
    return once("objects", () -> trueObjects.or(() -> dataset.frame(index).objects(truth, arrays)));
  }

  /** The true distances in metres; empty where the frame has none. */
  public Optional<Depth> depth() {
    return once("depth", () -> trueDepth.or(() -> dataset.frame(index).depth()));
  }

  /**
   * Where the flat road is seen on the truth's grid; empty where the frame's camera is not known.
   *
   * @throws io.drivemark.problem.BadInputException if the camera's file is damaged
   */
  public Optional<RoadPlane> road() {
    return once(
        "road",
        () -> dataset.frame(index).camera(truth.height(), truth.width()).map(RoadPlane::new));
  }

  /** The predicted distances in metres. */
  public Optional<Depth> predictedDepth() {
    return predictedDepth;
  }

  /** Which units of a gated network were live, by site in the network's order. */
  public Optional<List<SiteGates>> gates() {
    return gates;
  }

  /** What a gated network computed. */
  public Optional<GatedMacs> gatedMacs() {
    return gatedMacs;
  }

  /** How often the prediction is right, by how sure it is. */
  public Optional<Calibration> calibration() {
    return calibration;
  }

  /**
   * What several gauges need of this frame and is costly: the first that asks makes it.
   *
   * @param key names it; the same key must always stand for the same type
   */
  @SuppressWarnings("unchecked")
  public <T> T once(Object key, Supplier<T> maker) {
    Object made = shared.get(key);
    if (made == null) {
      made = Objects.requireNonNull(maker.get(), "made");
      shared.put(key, made);
    }
    return (T) made;
  }
}
