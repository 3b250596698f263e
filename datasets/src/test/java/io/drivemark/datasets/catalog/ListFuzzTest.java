package io.drivemark.datasets.catalog;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A damaged list of frames is read or refused. */
class ListFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile(
            "list",
            "day.txt",
            path -> {
              Layout layout =
                  new Layout(
                      List.of(new PathPattern("photos/{split}/{id}.jpg")),
                      List.of(new PathPattern("labels/**/{id}_mask.png")),
                      List.of(),
                      List.of(),
                      List.of(),
                      List.of(),
                      List.of(),
                      List.of(),
                      Optional.of("{split}.txt"),
                      Optional.empty(),
                      Map.of(),
                      false);
              ListFile lists = new ListFile(layout, path.getParent(), "day", new ArrayList<>());
              lists.selected(new Layout.Selection("{split}.txt", Map.of("day", 2)), "day");
              lists.check(Set.of("a", "b"), Set.of("a", "b"));
            })
        .seed("photos/day/a.jpg labels/day/a_mask.png\nphotos/day/b.jpg None\n\nc\n")
        .seed("a\r\nb\r\n")
        .tokens(
            "../", "/", "\\", "None", "*", "{id}", "\u0000", "\ufeff", "\u00e9", "\n", " ",
            "labels/")
        .mostBytes(256 << 10)
        .mayThrow(BadInputException.class);
  }
}
