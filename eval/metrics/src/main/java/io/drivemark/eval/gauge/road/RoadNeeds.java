package io.drivemark.eval.gauge.road;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.RoadPlane;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What gauges in metres ask of a dataset, and how they refuse one. Stateless. */
final class RoadNeeds {
  private static final String DECLARED =
      "camera: {height: 1.3, fx: 1000, u0: 640, v0: 360, pitch: 0}";

  private RoadNeeds() {}

  /**
   * Refuses a dataset of which the camera of a frame is not known.
   *
   * @throws BadInputException that says which line to declare
   */
  static void requireCamera(String gauge, Dataset dataset) {
    Optional<String> without = firstWithoutCamera(dataset);
    if (without.isPresent()) {
      throw new BadInputException(
          subject(gauge, dataset)
              + "the camera of frame "
              + without.get()
              + " is not known, so no row of pixels has a distance; declare "
              + DECLARED
              + " (metres, pixels, radians), or layout.camera where files of frames state it");
    }
  }

  /**
   * Refuses a dataset that knows neither distances nor the camera of a frame.
   *
   * @throws BadInputException that says which line to declare
   */
  static void requireDistance(String gauge, Dataset dataset) {
    Optional<String> without = firstWithoutCamera(dataset);
    if (!dataset.tasks().contains(Task.DEPTH) && without.isPresent()) {
      throw new BadInputException(
          subject(gauge, dataset)
              + "frame "
              + without.get()
              + " has neither distances nor a known camera; declare layout.depth with depth:"
              + " {metresPerUnit: 0.01}, or "
              + DECLARED
              + " (metres, pixels, radians), or layout.camera where files of frames state it");
    }
  }

  /**
   * Why a frame of known camera cannot be judged in metres: its lowest row of pixels would see the
   * road beyond all that is judged, so that everything would be equally far. A wrong unit of the
   * pitch, or an axis of photographs of another size, comes to that.
   */
  static Optional<String> unseenRoad(String gauge, JudgedFrame frame, double farthestMetres) {
    int height = frame.truth().height();
    RoadPlane road = frame.road().orElseThrow();
    if (road.ahead(height, frame.truth().width() / 2.0) < farthestMetres) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: frame %s: its camera sees no road within %.0f m: the horizon is at row %.1f of %d;"
                + " check v0 (pixels of the photograph, or state its size), pitch (radians, down is"
                + " above 0) and height (metres)",
            gauge,
            frame.id(),
            farthestMetres,
            road.horizonRow(),
            height));
  }

  /** Why a frame's distances cannot be laid on its labels. */
  static Optional<String> otherSize(String gauge, JudgedFrame frame, Depth depth) {
    int height = frame.truth().height();
    int width = frame.truth().width();
    return depth.height() == height && depth.width() == width
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: frame %s: distances are %dx%d, but its labels are %dx%d (height x width); they"
                    + " must be equal",
                gauge,
                frame.id(),
                depth.height(),
                depth.width(),
                height,
                width));
  }

  /**
   * By label, which classes can be driven on.
   *
   * @throws BadInputException if the dataset does not say
   */
  static boolean[] requireDrivable(String gauge, Dataset dataset) {
    List<String> names = dataset.facts().drivableClasses();
    if (names.isEmpty()) {
      throw new BadInputException(
          subject(gauge, dataset)
              + "it does not say which classes can be driven on; declare drivable: ["
              + dataset.labels().classNames().get(0)
              + "] with the names of its classes that can");
    }
    return labels(dataset, c -> names.contains(c.name()));
  }

  /**
   * By label, which classes are obstacles: those with single objects, and people.
   *
   * @throws BadInputException if there is none
   */
  static boolean[] requireObstacles(String gauge, Dataset dataset) {
    if (dataset.labels().classes().stream().noneMatch(RoadNeeds::isObstacle)) {
      throw new BadInputException(
          subject(gauge, dataset)
              + "none of its classes has single objects; declare instances: true or vulnerable: true"
              + " at the classes of cars, people and the like");
    }
    return labels(dataset, RoadNeeds::isObstacle);
  }

  static boolean isObstacle(LabelClass c) {
    return c.instances() || c.vulnerable();
  }

  /** By label, 256 of them, which classes are meant; void is none. */
  static boolean[] labels(Dataset dataset, Predicate<LabelClass> meant) {
    boolean[] out = new boolean[256];
    for (int c = 0; c < dataset.labels().size(); c++) {
      out[c] = meant.test(dataset.labels().classes().get(c));
    }
    return out;
  }

  private static String subject(String gauge, Dataset dataset) {
    return "gauge " + gauge + " on " + dataset.name() + "/" + dataset.split() + ": ";
  }

  /** Whether the camera of every frame is known. */
  static boolean knowsCameras(Dataset dataset) {
    return firstWithoutCamera(dataset).isEmpty();
  }

  private static Optional<String> firstWithoutCamera(Dataset dataset) {
    return IntStream.range(0, dataset.ids().size())
        .filter(i -> !dataset.frame(i).hasCamera())
        .mapToObj(i -> dataset.ids().get(i))
        .findFirst();
  }

  /** A digest of the cameras of all frames and of how fast they drove. */
  static Optional<String> furtherData(Dataset dataset) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < dataset.ids().size(); i++) {
      text.append(dataset.frame(i).camera(1, 1))
          .append(dataset.frame(i).metresPerSecond())
          .append(dataset.frame(i).seconds())
          .append('\n');
    }
    return Optional.of(Digests.of(text.toString()));
  }
}
