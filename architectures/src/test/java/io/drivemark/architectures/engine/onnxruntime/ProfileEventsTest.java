package io.drivemark.architectures.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.engine.OperatorTime;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.problem.UnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileEventsTest {
  /** conv, normalisation and activation that a runtime fuses, then a convolution of its own. */
  private static Network network() {
    NetworkBuilder b = new NetworkBuilder("toy", 1);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 8, 3).padding(1).build();
    x = b.batchNorm("stem.bn", x, 1e-5);
    x = b.add("stem.relu", Activation.relu(), x);
    return b.build(b.conv("score", x, 3, 1).build());
  }

  private static String event(String category, String name, double micros, String operator) {
    return String.format(
        java.util.Locale.ROOT,
        "{\"cat\":\"%s\",\"name\":\"%s\",\"dur\":%s,\"args\":{\"op_name\":\"%s\"}}",
        category,
        name,
        micros,
        operator);
  }

  @Test
  void fusedOperatorsStandForAllTheirNodesAndTheMedianOfTheLastRunsCounts() {
    String text =
        "["
            + String.join(
                ",",
                event("Session", "model_run", 9000, ""),
                event("Node", "stem.relu_nchwc_kernel_time", 90000, "Conv"),
                event("Node", "stem.relu_nchwc_fence_before", 1, ""),
                event("Node", "ReorderOutput_token_7_kernel_time", 90000, "ReorderOutput"),
                event("Node", "score_kernel_time", 90000, "Conv"),
                event("Node", "stem.relu_nchwc_kernel_time", 1000, "Conv"),
                event("Node", "ReorderOutput_token_7_kernel_time", 10, "ReorderOutput"),
                event("Node", "score_kernel_time", 300, "Conv"),
                event("Node", "stem.relu_nchwc_kernel_time", 2000, "Conv"),
                event("Node", "ReorderOutput_token_7_kernel_time", 30, "ReorderOutput"),
                event("Node", "score_kernel_time", 500, "Conv"))
            + "]";
    assertEquals(
        List.of(
            new OperatorTime("stem.relu", "Conv", List.of("stem", "stem.bn", "stem.relu"), 1.5),
            new OperatorTime("ReorderOutput_token_7", "ReorderOutput", List.of(), 0.02),
            new OperatorTime("score", "Conv", List.of("score"), 0.4)),
        ProfileEvents.parse(text, network(), 2));
  }

  @Test
  void whatIsNoProfileIsRefused() {
    assertEquals(
        "operator times: this version of onnxruntime writes a profile that is not understood: it is"
            + " no JSON; measure without them",
        refusal("[{"));
    assertEquals(
        "operator times: this version of onnxruntime writes a profile that is not understood: it is"
            + " no list of events; measure without them",
        refusal("{}"));
    assertEquals(
        "operator times: this version of onnxruntime writes a profile that is not understood: it"
            + " has no times of operators; measure without them",
        refusal("[" + event("Session", "model_run", 1, "") + "]"));
    assertEquals(
        "operator times: this version of onnxruntime writes a profile that is not understood: its"
            + " event score_kernel_time has no duration or no operator; measure without them",
        refusal("[{\"cat\":\"Node\",\"name\":\"score_kernel_time\",\"args\":{}}]"));
  }

  private static String refusal(String text) {
    return assertThrows(UnavailableException.class, () -> ProfileEvents.parse(text, network(), 1))
        .getMessage();
  }
}
