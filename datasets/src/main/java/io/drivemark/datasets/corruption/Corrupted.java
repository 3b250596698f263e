package io.drivemark.datasets.corruption;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.view.ImageView;
import java.util.Map;
import java.util.TreeMap;

/** A dataset whose photographs are corrupted. Thread-safe if the dataset is. */
public final class Corrupted extends ImageView {
  private final CorruptionLevel level;

  /** All frames of a dataset at one level of one corruption. */
  public Corrupted(Dataset origin, CorruptionLevel level) {
    super(origin, level.corruption().name(), settings(level));
    this.level = level;
  }

  private static Map<String, String> settings(CorruptionLevel level) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("severity", Integer.toString(level.severity()));
    settings.put("derivation", Integer.toString(level.corruption().derivation()));
    String basis = level.corruption().basis();
    if (!basis.isEmpty()) {
      settings.put("basis", basis);
    }
    return settings;
  }

  @Override
  protected RgbImage change(RgbImage image, Frame frame) {
    return level.apply(image, frame, () -> Distances.of(frame, origin().labelled()));
  }
}
