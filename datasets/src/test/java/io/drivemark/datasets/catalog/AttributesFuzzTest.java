package io.drivemark.datasets.catalog;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A damaged file of attributes is read or refused. */
class AttributesFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    AttributeFile rule =
        new AttributeFile(
            List.of("day.json"),
            "sets.images",
            "name",
            Map.of("weather", "attributes.weather", "light", "attributes.light"),
            Set.of("undefined"));
    return FuzzTarget.ofFile(
            "attributes",
            "day.json",
            path -> AttributeReader.read(rule, path.getParent(), "day", Set.of("a", "b")))
        .seed(
            """
            {"other": [1, {"x": null}], "sets": {"images": [
              {"name": "a.jpg", "attributes": {"weather": "rain", "light": "undefined"}},
              {"name": "photos/b.png", "extra": [[1, 2], {}], "attributes": {"weather": 3.5}}]}}
            """)
        .tokens(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "1e999",
            "\\u0000",
            "\"name\":",
            "\"sets\":")
        .mayThrow(BadInputException.class);
  }
}
