package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that answer with more than labels, in a study. */
class HeadsStudyTest {
  @TempDir Path folder;

  private static final Head DEPTH =
      new Head("far", Optional.of("z"), new DepthHead(1, 50, DepthHead.Form.METRES));

  /** The yard's plain network with a convolution to depth beside it. */
  private static Model model(String name, Head... heads) {
    NetworkBuilder b = new NetworkBuilder(name, 1);
    String x = b.input("image", 3);
    Tensor identity = Tensor.of(Shape.of(3, 3, 1, 1), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    String scores = b.conv("scores", x, 3, 1).initial(identity).bias().build();
    Network network = b.build(b.conv("z", x, 1, 1).build(), scores);
    ModelSpec plain = Yard.model("plain", 0).spec();
    return new Model(
        new ModelSpec(
            name,
            "tiny",
            Map.of(),
            plain.input(),
            List.of(heads),
            plain.variant(),
            plain.provenance(),
            Wiring.PLAIN),
        network);
  }

  private StudyResult run(Model... models) {
    Path yaml = Yard.write(folder.resolve("data"));
    Map<String, Model> byName = new java.util.HashMap<>();
    for (Model model : models) {
      byName.put(model.spec().name(), model);
    }
    Sources sources = new Sources(Datasets::open, byName::get, Engines::named, NanoClock.SYSTEM);
    List<String> names = java.util.Arrays.stream(models).map(m -> m.spec().name()).toList();
    return new Runner(
            Yard.study(yaml, names).withLatency(Optional.of(new LatencySpec(10))),
            folder.resolve("out"),
            Progress.NONE,
            sources)
        .run();
  }

  @Test
  void labelsAreScoredAsThoseOfANetworkOfLabelsAloneAndAllHeadsAreCounted() {
    LabelsHead labels = new LabelsHead(Yard.SPACE, LabelsHead.Form.LOGITS);
    StudyResult result =
        run(
            Yard.model("plain", 0),
            model("both", DEPTH, new Head("y", Optional.of("scores"), labels)));
    Entry plain = result.entries().get(0);
    Entry both = result.entries().get(1);
    assertEquals(List.of(), both.issues());
    assertEquals(plain.accuracy(), both.accuracy());
    assertEquals(plain.perImage(), both.perImage());
    long pixels = 12 * 20;
    assertEquals(pixels * 9, plain.cost().orElseThrow().macs().orElseThrow());
    assertEquals(pixels * (9 + 3), both.cost().orElseThrow().macs().orElseThrow());
    assertEquals(9 + 3 + 3, both.cost().orElseThrow().params().orElseThrow());
    assertTrue(both.speed().orElseThrow().model().mean() > 0);
    assertTrue(
        both.model().reading().contains("far: z [1, 1, ?, ?], depth, metres, 1.0 to 50.0 m"),
        both.model().reading().toString());
    assertEquals(result, RunStore.read(folder.resolve("out")));
  }

  @Test
  void aNetworkOfDepthIsRefusedWhereNoDatasetHasDistances() {
    assertEquals(
        "study: 2 problems\n"
            + "  model far answers depth, and no dataset of the study has truth for that: yard/val"
            + " has truth for segmentation; add one to datasets ('drivemark list datasets' shows"
            + " their tasks), or leave the model out\n"
            + "  dataset yard/val has truth for segmentation, and no model of the study answers that:"
            + " far answers depth; add one to models, or leave the dataset out",
        assertThrows(BadInputException.class, () -> run(model("far", DEPTH))).getMessage());
  }
}
