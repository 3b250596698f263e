package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parameters are those of inference wherever they are told; what heads for training add has a name
 * of its own.
 */
class ParameterCountsTest {
  /** 3×3×3×8 of the stem, 8×11 of the head. */
  private static final int PARAMS = 216 + 88;

  /** And 8×11 of the auxiliary head. */
  private static final int IN_TRAINING = PARAMS + 88;

  @TempDir Path folder;
  private Path two;

  @BeforeEach
  void write() {
    two = folder.resolve("two.onnx");
    NetworkBuilder b = new NetworkBuilder("two", 1);
    String x = b.conv("stem", b.input("image", 3), 8, 3).padding(1).build();
    String head = b.conv("head", x, 11, 1).build();
    String auxiliary = b.conv("auxiliary", x, 11, 1).build();
    Models.write(
        new Model(
            new ModelSpec(
                "two",
                "foreign",
                Map.of(),
                ModelSpec.InputSpec.IMAGENET,
                "camvid-11",
                LabelsHead.Form.LOGITS,
                ModelSpec.Variant.DENSE,
                Map.of()),
            b.build(head, auxiliary)),
        two);
  }

  @Test
  void importSaysBoth() {
    Path again = folder.resolve("again.onnx");
    assertEquals(
        "Wrote two (foreign, 304 parameters, 392 in training with all its outputs) to " + again,
        Invocation.of("import", "--model=" + two, "--out=" + again)
            .fine()
            .out()
            .lines()
            .toList()
            .get(0));
  }

  @Test
  void costAndListSayBothByName() throws Exception {
    String[] cost = {"cost", "--model=" + two, "--size=32x48"};
    String text = Invocation.of(cost).fine().out();
    assertTrue(text.contains("\nparams\t304\nparamsInTraining\t392\n"), text);
    JsonNode json = json(Invocation.of(cost[0], cost[1], cost[2], "--json"));
    assertEquals(PARAMS, json.get("params").intValue());
    assertEquals(IN_TRAINING, json.get("paramsInTraining").intValue());
    JsonNode listed = json(Invocation.of("list", "models", two.toString(), "--json")).get(0);
    assertEquals(PARAMS, listed.get("params").intValue());
    assertEquals(IN_TRAINING, listed.get("paramsInTraining").intValue());
  }

  @Test
  void aNetworkOfOneOutputHasOneNumber() throws Exception {
    JsonNode listed = json(Invocation.of("list", "models", "--json")).get(0);
    assertFalse(listed.has("paramsInTraining"), listed.toString());
  }

  private static JsonNode json(Invocation run) throws Exception {
    return new ObjectMapper().readTree(run.fine().out());
  }
}
