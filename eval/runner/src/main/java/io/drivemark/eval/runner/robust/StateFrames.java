package io.drivemark.eval.runner.robust;

import io.drivemark.datasets.Frame;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.view.DatasetView;
import io.drivemark.datasets.view.FrameView;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some frames of a dataset, each in every state, one state after the other: all of the first frame,
 * then all of the second. Ids are {@code frame@state}. A frame as it is and its distances are read
 * once for its states. Thread-safe.
 */
final class StateFrames extends DatasetView {
  private final FrameCache clean;
  private final List<Integer> chosen;
  private final List<FrameState> states;
  private final List<String> ids = new ArrayList<>();
  private Clean latest;

  /** A frame as it is. */
  private static final class Clean {
    private final int index;
    private final Frame frame;
    private final Sample sample;
    private final boolean labelled;
    private Optional<Optional<Distances>> distances = Optional.empty();

    Clean(int index, Frame frame, Sample sample, boolean labelled) {
      this.index = index;
      this.frame = frame;
      this.sample = sample;
      this.labelled = labelled;
    }

    synchronized Optional<Distances> distances() {
      if (distances.isEmpty()) {
        distances = Optional.of(Distances.of(frame, labelled));
      }
      return distances.get();
    }
  }

  /**
   * @param clean the dataset's frames
   * @param chosen positions of some of them
   * @param states at least one
   */
  StateFrames(FrameCache clean, List<Integer> chosen, List<FrameState> states) {
    super(clean.dataset(), "states", Map.of());
    this.clean = clean;
    this.chosen = List.copyOf(chosen);
    this.states = List.copyOf(states);
    for (int frame : chosen) {
      for (FrameState state : states) {
        ids.add(clean.dataset().ids().get(frame) + "@" + state.word());
      }
    }
  }

  /** Whether they are the frames at these positions of a cache. */
  boolean areOf(FrameCache other, List<Integer> positions) {
    return clean == other && chosen.equals(positions);
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  /** The position in the dataset of the frame that a frame here is of. */
  int original(int index) {
    return chosen.get(index / states.size());
  }

  /** The id in the dataset of the frame that a frame here is of. */
  String originalId(int index) {
    return clean.dataset().ids().get(original(index));
  }

  /** The state that a frame here is in. */
  FrameState state(int index) {
    return states.get(index % states.size());
  }

  @Override
  public Frame frame(int index) {
    return new InState(index);
  }

  private synchronized Clean clean(int index) {
    if (latest == null || latest.index != index) {
      Frame frame = clean.dataset().frame(index);
      latest = new Clean(index, frame, clean.load(index), clean.dataset().labelled());
    }
    return latest;
  }

  private final class InState extends FrameView {
    private final int index;

    InState(int index) {
      super(clean.dataset().frame(original(index)));
      this.index = index;
    }

    @Override
    public String id() {
      return ids.get(index);
    }

    @Override
    public RgbImage image() {
      return sample().image();
    }

    @Override
    public Sample sample() {
      Clean own = clean(original(index));
      FrameState state = state(index);
      RgbImage image =
          state.level().isPresent()
              ? state.level().get().apply(own.sample.image(), own.frame, own::distances)
              : under(state, own);
      return Sample.of(id(), image, own.sample.truth());
    }

    private RgbImage under(FrameState state, Clean own) {
      Sample other = state.scenes().orElseThrow().frame(original(index)).sample();
      if (!Arrays.equals(other.truth().pixels(), own.sample.truth().pixels())) {
        throw new BadInputException(
            "frame "
                + own.sample.id()
                + " has another truth under "
                + state.word()
                + " than as it is; conditions must change photographs alone");
      }
      return other.image();
    }
  }
}
