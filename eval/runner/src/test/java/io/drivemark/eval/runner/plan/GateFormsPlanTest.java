package io.drivemark.eval.runner.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.GatedYard;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.study.Study;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cells a study has that names several forms of gates. */
class GateFormsPlanTest {
  @TempDir Path folder;

  @Test
  void aNetworkWithoutGatesHasOneCellForAllForms() {
    Sources sources =
        new Sources(
            Datasets::open,
            Map.of(GatedYard.PARENT, GatedYard.parent(), "dynamic", GatedYard.model("dynamic"))
                ::get,
            Engines::named,
            NanoClock.SYSTEM);
    Study study =
        Study.parse(
            "study",
            """
            schema: drivemark-study/1
            datasets: [{name: '%s', root: '%s'}]
            models: [%s, dynamic]
            engines:
              - {name: onnxruntime, threads: 1, form: masked}
              - {name: onnxruntime, threads: 1}
              - {name: onnxruntime, threads: 2, form: gathered}
            """
                .formatted(Yard.write(folder), folder, GatedYard.PARENT));
    assertEquals(
        List.of(
            GatedYard.PARENT + " 1 auto",
            GatedYard.PARENT + " 2 auto",
            "dynamic 1 masked",
            "dynamic 1 auto",
            "dynamic 2 gathered"),
        Plan.of(study, List.of(), sources).cells().stream()
            .map(
                cell ->
                    cell.model().spec().name()
                        + " "
                        + cell.options().threads()
                        + " "
                        + cell.options().form().word())
            .toList());
  }
}
