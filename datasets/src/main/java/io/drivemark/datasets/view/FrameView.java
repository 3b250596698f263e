package io.drivemark.datasets.view;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.RightView;
import io.drivemark.datasets.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A frame seen differently: it passes on what another one answers, but for what a subclass changes.
 * A subclass that changes a part changes it in {@link #sample} too. Thread-safe if the frame is.
 */
public class FrameView implements Frame {
  private final Frame origin;

  protected FrameView(Frame origin) {
    this.origin = Objects.requireNonNull(origin, "origin");
  }

  @Override
  public String id() {
    return origin.id();
  }

  @Override
  public Sample sample() {
    return origin.sample();
  }

  @Override
  public RgbImage image() {
    return origin.image();
  }

  @Override
  public LabelMap truth() {
    return origin.truth();
  }

  @Override
  public LabelMap truth(PixelArrays arrays) {
    return origin.truth(arrays);
  }

  @Override
  public Optional<Instances> objects() {
    return origin.objects();
  }

  @Override
  public Optional<Instances> objects(LabelMap truth, PixelArrays arrays) {
    return origin.objects(truth, arrays);
  }

  @Override
  public Optional<Depth> depth() {
    return origin.depth();
  }

  @Override
  public Optional<char[]> confidence(LabelMap truth) {
    return origin.confidence(truth);
  }

  @Override
  public long unknownPixels() {
    return origin.unknownPixels();
  }

  @Override
  public Map<String, String> attributes() {
    return origin.attributes();
  }

  @Override
  public Optional<String> sequence() {
    return origin.sequence();
  }

  @Override
  public Optional<Double> seconds() {
    return origin.seconds();
  }

  @Override
  public Optional<LabelMap> truthAfter(long nanos) {
    return origin.truthAfter(nanos);
  }

  @Override
  public List<Supplier<RgbImage>> before() {
    return origin.before();
  }

  @Override
  public Optional<Camera> camera() {
    return origin.camera();
  }

  @Override
  public boolean hasCamera() {
    return origin.hasCamera();
  }

  @Override
  public Optional<Camera> camera(int height, int width) {
    return origin.camera(height, width);
  }

  @Override
  public Optional<Double> metresPerSecond() {
    return origin.metresPerSecond();
  }

  @Override
  public Optional<CameraPair> cameras() {
    return origin.cameras();
  }

  @Override
  public Optional<RightView> right() {
    return origin.right();
  }

  @Override
  public Optional<Path> imageFile() {
    return origin.imageFile();
  }
}
