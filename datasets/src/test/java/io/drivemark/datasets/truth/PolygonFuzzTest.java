package io.drivemark.datasets.truth;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.util.Map;
import java.util.OptionalInt;

/** Damaged polygons are drawn or refused. */
class PolygonFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    PolygonTruth truth =
        new PolygonTruth(
            Map.of("road", 0, "car", 1, "plate", PolygonTruth.SKIP), 255, OptionalInt.of(2));
    return FuzzTarget.ofFile(
            "polygons",
            "a_polygons.json",
            path -> {
              truth.info(path);
              truth.read(path, new PixelArrays());
            })
        .seed(
            """
            {"imgHeight": 24, "imgWidth": 48, "objects": [
              {"label": "road", "polygon": [[0, 1], [40, 1], [45, 30], [-7, 30]]},
              {"label": "cargroup", "polygon": [[9, 9], [19, 9], [19, 19], [9, 19]]},
              {"label": "plate", "deleted": 1, "polygon": []}]}
            """)
        .tokens("{", "}", "[", "]", ",", ":", "1e9", "null", "\"objects\"", "1048576", "-")
        .mayThrow(BadInputException.class);
  }
}
