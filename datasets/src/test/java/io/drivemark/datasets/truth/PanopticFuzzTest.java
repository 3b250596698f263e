package io.drivemark.datasets.truth;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;

/** A damaged description of segments is read or refused. */
class PanopticFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile("panoptic", "panoptic.json", PanopticJson::read)
        .seed(
            """
            {"info": {"year": 2018}, "annotations": [
              {"image_id": 1, "file_name": "val/a.png", "segments_info": [
                {"id": 197121, "category_id": 1, "iscrowd": 0}, {"id": 5, "category_id": 3}]},
              {"image_id": 2, "file_name": "b.png", "segments_info": []}], "categories": []}
            """)
        .tokens("{", "}", "[", "]", ",", ":", "null", "\"annotations\"", "\"id\"", "16777216")
        .mayThrow(BadInputException.class);
  }
}
