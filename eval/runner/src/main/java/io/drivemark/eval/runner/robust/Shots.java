package io.drivemark.eval.runner.robust;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.runner.accuracy.Gallery;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps one frame in several states, to be drawn when all are judged. For one thread. */
final class Shots {
  private static final String FOLDER = "pictures/states";

  private final List<String> states;
  private final int frame;
  private final List<Kept> kept = new ArrayList<>();

  private record Kept(String id, String state, RgbImage image, LabelMap prediction) {}

  /**
   * @param states which
   * @param frame position in the dataset
   */
  Shots(List<String> states, int frame) {
    this.states = List.copyOf(states);
    this.frame = frame;
  }

  void take(int index, String id, String state, RgbImage image, LabelMap prediction) {
    if (index == frame && states.contains(state)) {
      kept.add(new Kept(id, state, image, prediction));
    }
  }

  /** Writes pictures below a cell's folder; photographs as JPEG, which is small. */
  List<Shot> write(Path cell) {
    List<Shot> out = new ArrayList<>();
    for (Kept shot : kept) {
      String stem =
          FOLDER + "/" + shot.state().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
      Shot written =
          new Shot(shot.id(), shot.state(), stem + "-image.jpg", stem + "-prediction.png");
      ImageCodec.writeImage(cell.resolve(written.image()), shot.image());
      Gallery.draw(cell.resolve(written.prediction()), shot.prediction());
      out.add(written);
    }
    return out;
  }
}
