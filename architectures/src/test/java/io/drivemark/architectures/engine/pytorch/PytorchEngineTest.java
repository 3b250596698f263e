package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.Networks;
import io.drivemark.architectures.engine.EngineContract;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PytorchEngineTest extends EngineContract {
  @Override
  protected String failureReason() {
    return "RuntimeError: index out of range in self";
  }

  @Override
  protected String engineName() {
    return "pytorch";
  }

  @Test
  void threadCountChangesResultsByRoundingAlone() {
    float[][] results = new float[2][];
    for (int threads = 1; threads <= 2; threads++) {
      try (Session session =
          new PytorchEngine().open(Networks.mixed(), 45, 61, new EngineOptions(threads))) {
        FloatBuffer input = Session.buffer(session.inputShape());
        input.put(0, Probe.random(input.capacity(), 9));
        List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
        session.run(input, outputs);
        results[threads - 1] = new float[outputs.get(0).capacity()];
        outputs.get(0).get(0, results[threads - 1]);
      }
    }
    assertArrayEquals(results[0], results[1], 1e-4f);
  }

  @Test
  void imageThatDoesNotFitIsSaidInFull() {
    NetworkBuilder b = new NetworkBuilder("narrow", 1);
    String x = b.input("x", 3);
    String y = b.conv("stem", x, 3, 3).stride(2).build();
    Network network = b.build(b.add("crop", new CropLike(), y, x));
    BadInputException problem =
        assertThrows(
            BadInputException.class,
            () -> new PytorchEngine().open(network, 4, 4, EngineOptions.defaults()));
    assertEquals(
        "engine pytorch cannot run network narrow on an image of 4x4: network narrow, node crop:"
            + " cannot crop [1, 3, 1, 1] to the larger [1, 3, 4, 4]",
        problem.getMessage());
  }
}
