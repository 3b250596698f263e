package io.drivemark.datasets.view;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.RightView;
import io.drivemark.datasets.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A dataset whose photographs are changed and nothing else: ids, truth, objects, distances and
 * attributes are those of the dataset. The changed photographs lie in no files, so that nobody
 * reads the unchanged ones by mistake and their decoding is not timed.
 */
public abstract class ImageView extends DatasetView {
  /** As {@link DatasetView#DatasetView}. */
  protected ImageView(Dataset origin, String kind, Map<String, String> settings) {
    super(origin, kind, settings);
  }

  /**
   * The changed photograph, the same one each time, in an array of its own.
   *
   * @param image the photograph as the dataset has it; not to be written to
   * @param frame its frame, for what else the change goes by: its id, its distances
   * @return a photograph of the same size
   */
  protected abstract RgbImage change(RgbImage image, Frame frame);

  @Override
  public final Frame frame(int index) {
    return new Changed(origin().frame(index));
  }

  private final class Changed extends FrameView {
    private final Frame frame;

    Changed(Frame frame) {
      super(frame);
      this.frame = frame;
    }

    @Override
    public RgbImage image() {
      return changed(frame.image());
    }

    @Override
    public Sample sample() {
      Sample sample = frame.sample();
      return new Sample(
          sample.id(),
          changed(sample.image()),
          sample.truth(),
          sample.depth(),
          sample.instances(),
          sample.sequence(),
          sample.seconds(),
          sample.attributes());
    }

    /** The change is of the photograph alone, so that nothing fits it any more. */
    @Override
    public Optional<RightView> right() {
      return Optional.empty();
    }

    /** Pictures without labels would have to be changed too, by what is known of them. */
    @Override
    public List<Supplier<RgbImage>> before() {
      return List.of();
    }

    @Override
    public Optional<Path> imageFile() {
      return Optional.empty();
    }

    private RgbImage changed(RgbImage image) {
      RgbImage out = change(image, frame);
      if (out.height() != image.height() || out.width() != image.width()) {
        throw new IllegalStateException(
            name() + " made " + out + " of " + image + "; a photograph must keep its size");
      }
      return out;
    }
  }
}
