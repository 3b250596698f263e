package io.drivemark.datasets.synth;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.RightView;
import io.drivemark.datasets.Sample;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A drawn frame. Truth, objects and distances are drawn without the photograph, which takes less
 * time; all of it at once takes least. Immutable and thread-safe.
 */
final class SynthFrame implements Frame {
  private final SynthOptions options;
  private final LabelSpace space;
  private final String id;
  private final int number;
  private final double seconds;

  SynthFrame(SynthOptions options, LabelSpace space, String id, int index) {
    this.options = options;
    this.space = space;
    this.id = id;
    this.number = index / options.framesPerSequence();
    this.seconds = (index % options.framesPerSequence()) / options.framesPerSecond();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Sample sample() {
    Drive drive = drive();
    Drive.Picture picture = draw(drive, true);
    Map<String, String> attributes = new TreeMap<>(attributes(drive));
    attributes.put("speed", String.format(Locale.ROOT, "%.2f", drive.speed));
    return new Sample(
        id,
        RgbImage.of(options.height(), options.width(), picture.rgb()),
        labels(picture),
        Optional.of(depth(picture)),
        Optional.of(objects(picture)),
        sequence(),
        seconds(),
        attributes);
  }

  @Override
  public LabelMap truth(PixelArrays arrays) {
    return labels(draw(drive(), false));
  }

  @Override
  public Optional<Instances> objects() {
    return Optional.of(objects(draw(drive(), false)));
  }

  @Override
  public Optional<Depth> depth() {
    return Optional.of(depth(draw(drive(), false)));
  }

  @Override
  public Map<String, String> attributes() {
    return attributes(drive());
  }

  @Override
  public Optional<String> sequence() {
    return Optional.of(SynthDrive.sequence(options, number));
  }

  @Override
  public Optional<Double> seconds() {
    return Optional.of(seconds);
  }

  @Override
  public Optional<LabelMap> truthAfter(long nanos) {
    double later = seconds + nanos / 1e9;
    return Optional.of(labels(drive().frame(later, options.height(), options.width(), false)));
  }

  @Override
  public boolean hasCamera() {
    return true;
  }

  @Override
  public Optional<Camera> camera() {
    PinholeCamera camera = drive().camera(seconds, options.height(), options.width());
    return Optional.of(
        new Camera(camera.focal, camera.cy, camera.cx, camera.position.y(), 0, camera.roll));
  }

  @Override
  public Optional<Camera> camera(int height, int width) {
    return camera()
        .map(c -> c.scaled((double) height / options.height(), (double) width / options.width()));
  }

  @Override
  public Optional<Double> metresPerSecond() {
    return Optional.of(drive().speed);
  }

  @Override
  public Optional<CameraPair> cameras() {
    return Optional.of(new CameraPair(PinholeCamera.focal(options.height()), Drive.BASELINE));
  }

  /**
   * Drawn as the photograph is, with the camera moved along its rows. The bonnet is where it is in
   * the photograph: its pixels are void and fit no distance.
   */
  @Override
  public Optional<RightView> right() {
    Drive drive = drive();
    Drive.Picture picture = drive.right(seconds, options.height(), options.width());
    PinholeCamera camera = drive.camera(seconds, options.height(), options.width());
    return Optional.of(
        new RightView(
            RgbImage.of(options.height(), options.width(), picture.rgb()),
            Drive.BASELINE,
            camera.focal));
  }

  private Drive drive() {
    double duration = options.framesPerSequence() / options.framesPerSecond();
    return new Drive(
        SynthDrive.driveSeed(options.seed(), options.split(), number),
        duration,
        options.weather().orElse(null),
        options.daylight().orElse(null));
  }

  private Map<String, String> attributes(Drive drive) {
    return Map.of(
        "weather",
        drive.light.weather.attribute(),
        "light",
        drive.light.daylight.attribute(),
        "place",
        drive.place(),
        SEQUENCE,
        SynthDrive.sequence(options, number));
  }

  private Drive.Picture draw(Drive drive, boolean paint) {
    return drive.frame(seconds, options.height(), options.width(), paint);
  }

  private LabelMap labels(Drive.Picture picture) {
    return LabelMap.of(space, options.height(), options.width(), picture.labels());
  }

  private Instances objects(Drive.Picture picture) {
    return Instances.of(options.height(), options.width(), picture.ids());
  }

  private Depth depth(Drive.Picture picture) {
    return Depth.of(options.height(), options.width(), picture.depth());
  }
}
