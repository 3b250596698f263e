package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PytorchSessionTest {
  private final Engine engine = Engines.named("pytorch");

  @Test
  void runtimeSaysItsOwnVersion() {
    String version = assertInstanceOf(Availability.Ready.class, engine.probe()).version();
    assertTrue(version.matches("\\d+\\.\\d+\\.\\d+.*"), version);
    try (Session session = engine.open(tiny(), 8, 12, EngineOptions.defaults())) {
      assertEquals(version, session.runtimeVersion());
    }
  }

  @Test
  void callerOwnsBuffersAndTheirPositionsStay() {
    try (Session session = engine.open(tiny(), 8, 12, EngineOptions.defaults())) {
      assertEquals(Shape.of(1, 3, 8, 12), session.inputShape());
      assertEquals(List.of(Shape.of(1, 5, 4, 6)), session.outputShapes());
      FloatBuffer input = Session.buffer(session.inputShape());
      FloatBuffer output = Session.buffer(Shape.of(1, 5, 4, 7));
      input.put(0, Probe.random(input.capacity(), 1)).position(3).limit(5);
      output.put(5 * 4 * 6, 42).position(2).limit(2);
      session.run(input, List.of(output));
      assertEquals(
          "3 5 2 2",
          input.position() + " " + input.limit() + " " + output.position() + " " + output.limit());
      output.clear();
      assertEquals(42, output.get(5 * 4 * 6));
      float first = output.get(0);
      session.run(input, List.of(output));
      assertEquals(first, output.get(0));
    }
  }

  @Test
  void closingTwiceIsHarmlessAndUseAfterCloseSaysSo() {
    Session session = engine.open(tiny(), 8, 12, EngineOptions.defaults());
    FloatBuffer input = Session.buffer(session.inputShape());
    FloatBuffer output = Session.buffer(session.outputShapes().get(0));
    session.close();
    session.close();
    IllegalStateException problem =
        assertThrows(IllegalStateException.class, () -> session.run(input, List.of(output)));
    assertEquals("this pytorch session is closed; open another", problem.getMessage());
  }

  @Test
  void heapBufferIsRefused() {
    try (Session session = engine.open(tiny(), 8, 12, EngineOptions.defaults())) {
      FloatBuffer output = Session.buffer(session.outputShapes().get(0));
      IllegalArgumentException problem =
          assertThrows(
              IllegalArgumentException.class,
              () -> session.run(FloatBuffer.allocate(288), List.of(output)));
      assertEquals(
          "input buffer: expected a direct one in native byte order of at least 288 floats for"
              + " [1, 3, 8, 12], found one on the heap of 288",
          problem.getMessage());
    }
  }

  @Test
  void imageThatDoesNotFitTheNetworkNamesTheNode() {
    NetworkBuilder b = new NetworkBuilder("wide", 1);
    String x = b.input("x", 3);
    Network network = b.build(b.conv("head", x, 2, 9).build());
    BadInputException problem =
        assertThrows(
            BadInputException.class, () -> engine.open(network, 4, 4, EngineOptions.defaults()));
    assertEquals(
        "engine pytorch cannot run network wide on an image of 4x4: network wide, node head: a"
            + " window of 9 does not fit an extent of 4",
        problem.getMessage());
  }

  @Test
  void threadCountChangesNoLabel() {
    float[] image = Probe.random(3 * 8 * 12, 9);
    FloatBuffer input = Session.buffer(Shape.of(1, 3, 8, 12)).put(0, image);
    float[][] results = new float[2][5 * 4 * 6];
    for (int threads = 1; threads <= 2; threads++) {
      try (Session session =
          engine.open(tiny(), 8, 12, EngineOptions.defaults().withThreads(threads))) {
        FloatBuffer output = Session.buffer(session.outputShapes().get(0));
        session.run(input, List.of(output));
        output.get(0, results[threads - 1]);
      }
    }
    for (int i = 0; i < results[0].length; i++) {
      assertEquals(results[0][i], results[1][i], 1e-5);
    }
  }

  /** Ten thousand inferences: resident memory at the end is that after the first thousand. */
  @Test
  @Tag("leak")
  void memoryStaysFlat() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.exists(status), "resident memory is read from /proc");
    try (Session session = engine.open(tiny(), 96, 128, EngineOptions.defaults())) {
      FloatBuffer input = Session.buffer(session.inputShape());
      FloatBuffer output = Session.buffer(session.outputShapes().get(0));
      long early = 0;
      for (int i = 0; i < 10_000; i++) {
        session.run(input, List.of(output));
        if (i == 1_000) {
          early = Probe.residentKib(status);
        }
      }
      long grown = Probe.residentKib(status) - early;
      System.out.println("pytorch: 10000 inferences, resident memory grew by " + grown + " KiB");
      assertTrue(grown < 16 * 1024, "resident memory grew by " + grown + " KiB");
    }
  }

  /** Stem, normalisation, activation, head, cropped by a reference to the stem. */
  private static Network tiny() {
    NetworkBuilder b = new NetworkBuilder("tiny", 1);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 8, 3).stride(2).padding(1).build();
    x = b.relu("act", b.batchNorm("bn", x, 1e-5));
    String y = b.conv("head", x, 5, 1).padding(1).bias().build();
    return b.build(b.add("crop", new CropLike(), y, x));
  }
}
