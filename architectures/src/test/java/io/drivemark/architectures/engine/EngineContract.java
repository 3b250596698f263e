package io.drivemark.architectures.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.Networks;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every engine must do; an engine's test extends it. */
public abstract class EngineContract {
  private static final EngineOptions ONE_THREAD = new EngineOptions(1);

  /** The engine's name, by which it is looked up as users do. */
  protected abstract String engineName();

  /** Names in {@link Networks#perOperator()} that the engine refuses, as its documentation says. */
  protected Set<String> refused() {
    return Set.of();
  }

  private Engine engine() {
    return Engines.named(engineName());
  }

  @TestFactory
  Stream<DynamicTest> everyOperatorComputesWhatTheReferenceSays() {
    return Networks.perOperator().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      if (refused().contains(entry.getKey())) {
                        BadInputException e =
                            assertThrows(
                                BadInputException.class,
                                () -> engine().open(entry.getValue(), 12, 18, ONE_THREAD));
                        assertTrue(e.getMessage().contains(entry.getKey()), e.getMessage());
                      } else {
                        assertAgrees(entry.getValue(), 12, 18);
                        assertAgrees(entry.getValue(), 11, 19);
                      }
                    }));
  }

  @Test
  void aWholeNetworkAgreesWithTheReferenceAtEvenAndOddSizes() {
    assertAgrees(whole(), 32, 48);
    assertAgrees(whole(), 45, 61);
  }

  /** A network with several operators that the engine runs. */
  protected Network whole() {
    return Networks.mixed();
  }

  private void assertAgrees(Network network, int height, int width) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    float[] image = image(shapes.get(network.inputs().get(0).name()));
    List<float[]> expected = ReferenceInterpreter.run(network, height, width, image);
    try (Session session = engine().open(network, height, width, ONE_THREAD)) {
      assertEquals(network.outputs().stream().map(shapes::get).toList(), session.outputShapes());
      List<float[]> found = run(session, image);
      for (int i = 0; i < expected.size(); i++) {
        float largest = 1;
        for (float value : expected.get(i)) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(
            expected.get(i), found.get(i), 1e-3f * largest, network.name() + ", output " + i);
      }
    }
  }

  private static float[] image(Shape shape) {
    Random random = new Random(17);
    float[] image = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    return image;
  }

  private static List<float[]> run(Session session, float[] image) {
    FloatBuffer input = Session.buffer(session.inputShape()).put(0, image);
    List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
    session.run(input, outputs);
    List<float[]> results = new ArrayList<>();
    for (FloatBuffer output : outputs) {
      float[] values = new float[output.capacity()];
      output.get(0, values);
      results.add(values);
    }
    return results;
  }

  @Test
  void theRuntimeSaysItsOwnVersion() {
    String version = assertInstanceOf(Availability.Ready.class, engine().probe()).version();
    assertTrue(version.matches("\\d+\\.\\d+\\.\\d+.*"), version);
    try (Session session = engine().open(whole(), 32, 32, ONE_THREAD)) {
      assertEquals(version, session.runtimeVersion());
    }
  }

  @Test
  void theCallerMayChangeBuffersAndItsPositionsStay() {
    try (Session session = engine().open(whole(), 32, 32, ONE_THREAD)) {
      float[] image = image(session.inputShape());
      List<float[]> expected = run(session, image);
      Shape logits = session.outputShapes().get(0);
      FloatBuffer input = Session.buffer(session.inputShape());
      FloatBuffer larger = Session.buffer(logits.with(0, 2));
      int n = Math.toIntExact(logits.elements());
      List<FloatBuffer> outputs = new ArrayList<>(List.of(larger));
      session.outputShapes().stream().skip(1).map(Session::buffer).forEach(outputs::add);
      input.put(0, image).position(3).limit(5);
      larger.put(n, 42f).position(2).limit(2);

      session.run(input, outputs);
      session.run(input, outputs);

      assertEquals(
          "3 5 2 2",
          input.position() + " " + input.limit() + " " + larger.position() + " " + larger.limit());
      larger.clear();
      assertEquals(42f, larger.get(n));
      float[] found = new float[n];
      larger.get(0, found);
      assertArrayEquals(expected.get(0), found);
    }
  }

  @Test
  void otherInputGivesOtherOutputInTheSameBuffers() {
    try (Session session = engine().open(whole(), 32, 32, ONE_THREAD)) {
      FloatBuffer input = Session.buffer(session.inputShape());
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      input.put(0, image(session.inputShape()));
      session.run(input, outputs);
      float first = outputs.get(0).get(7);
      for (int i = 0; i < input.capacity(); i++) {
        input.put(i, 0);
      }
      session.run(input, outputs);
      assertTrue(first != outputs.get(0).get(7));
    }
  }

  @Test
  void severalSessionsLiveSideBySide() {
    try (Session small = engine().open(whole(), 32, 32, ONE_THREAD);
        Session large = engine().open(whole(), 48, 64, new EngineOptions(2))) {
      float[] image = image(small.inputShape());
      List<float[]> before = run(small, image);
      run(large, image(large.inputShape()));
      assertArrayEquals(before.get(0), run(small, image).get(0));
    }
  }

  @Test
  void closingTwiceIsHarmlessAndUseAfterCloseSaysSo() {
    Session session = engine().open(whole(), 32, 32, ONE_THREAD);
    float[] image = image(session.inputShape());
    run(session, image);
    session.close();
    session.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> run(session, image));
    assertEquals("this " + engineName() + " session is closed; open another", e.getMessage());
  }

  @Test
  void buffersThatDoNotFitAreRefusedBeforeAnythingRuns() {
    try (Session session = engine().open(whole(), 32, 32, ONE_THREAD)) {
      FloatBuffer input = Session.buffer(session.inputShape());
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      assertEquals(
          "input buffer: expected a direct one in native byte order of at least 3072 floats for"
              + " [1, 3, 32, 32], found one on the heap of 3072",
          refusal(session, FloatBuffer.allocate(3072), outputs));
      assertEquals(
          "input buffer: expected a direct one in native byte order of at least 3072 floats for"
              + " [1, 3, 32, 32], found a direct one of 3",
          refusal(session, Session.buffer(Shape.of(3)), outputs));
      assertEquals(
          "output buffers: expected " + outputs.size() + ", found 0",
          refusal(session, input, List.of()));
      List<FloatBuffer> small = new ArrayList<>(outputs);
      small.set(0, Session.buffer(Shape.of(4)));
      assertEquals(
          "output 0 buffer: expected a direct one in native byte order of at least "
              + outputs.get(0).capacity()
              + " floats for "
              + session.outputShapes().get(0)
              + ", found a direct one of 4",
          refusal(session, input, small));
    }
  }

  private static String refusal(Session session, FloatBuffer input, List<FloatBuffer> outputs) {
    return assertThrows(IllegalArgumentException.class, () -> session.run(input, outputs))
        .getMessage();
  }

  @Test
  void aSizeTheNetworkCannotTakeNamesTheNode() {
    NetworkBuilder b = new NetworkBuilder("wide", 1);
    Network wide = b.build(b.conv("op", b.input("image", 3), 2, 9).build());
    BadInputException e =
        assertThrows(BadInputException.class, () -> engine().open(wide, 4, 20, ONE_THREAD));
    assertTrue(
        e.getMessage().contains("network wide, node op: a window of 9 does not fit an extent of 4"),
        e.getMessage());
  }

  /**
   * A network that opens and then fails where a value of its last channel is above 10: a data set
   * of two rows is asked for the third. Its name is {@code failing}.
   */
  private static Network failing() {
    NetworkBuilder b = new NetworkBuilder("failing", 1);
    String ten = b.constant("ten", Tensor.of(Shape.of(1, 1, 1, 1), new float[] {10}));
    String above = b.add("above", new Elementwise(Elementwise.Kind.SUB), b.input("image", 3), ten);
    String largest = b.add("largest", new ArgMax(1, false), b.relu("relu", above));
    String rows = b.add("rows", new Reshape(List.of(-1)), largest);
    String data = b.constant("data", Tensor.of(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}));
    return b.build(b.add("lookup", new Gather(0), data, rows));
  }

  /** What the runtime itself says of {@link #failing()}, as it stands in the message. */
  protected abstract String failureReason();

  @Test
  void aRuntimeFailureNamesEngineNetworkAndReasonAndLeavesTheOthersAlone() {
    try (Session other = engine().open(whole(), 32, 32, ONE_THREAD);
        Session beside = engine().open(failing(), 8, 8, ONE_THREAD)) {
      float[] image = image(other.inputShape());
      List<float[]> before = run(other, image);
      Session session = engine().open(failing(), 8, 8, ONE_THREAD);
      float[] fine = new float[3 * 8 * 8];
      float[] rows = run(session, fine).get(0);
      float[] bad = fine.clone();
      bad[2 * 8 * 8 + 5] = 20;

      EngineFailure e = assertThrows(EngineFailure.class, () -> run(session, bad));

      assertEquals(
          "engine "
              + engineName()
              + " failed while it ran network failing at 8x8: "
              + failureReason()
              + "; try another engine, or a smaller size if memory is short",
          e.getMessage());
      assertArrayEquals(rows, run(session, fine).get(0), "the same session runs on");
      assertThrows(EngineFailure.class, () -> run(session, bad));
      session.close();
      session.close();
      assertArrayEquals(before.get(0), run(other, image).get(0), "other sessions go on");
      assertArrayEquals(rows, run(beside, fine).get(0), "also of the same network");
    }
  }

  /** Ten thousand inferences: resident memory at the end is that after the first thousand. */
  @Test
  @Tag("leak")
  void memoryStaysFlat() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    Assumptions.assumeTrue(Files.exists(statm), "resident memory is read from /proc");
    try (Session session = engine().open(whole(), 96, 128, ONE_THREAD)) {
      FloatBuffer input = Session.buffer(session.inputShape());
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      long early = 0;
      for (int i = 0; i < 10_000; i++) {
        session.run(input, outputs);
        if (i == 1_000) {
          early = residentKib(statm);
        }
      }
      long grown = residentKib(statm) - early;
      System.out.println(
          engineName() + ": 10000 inferences, resident memory grew by " + grown + " KiB");
      assertTrue(grown < 16 * 1024, "resident memory grew by " + grown + " KiB");
    }
  }

  private static long residentKib(Path statm) throws IOException {
    System.gc();
    return 4 * Long.parseLong(Files.readString(statm).split(" ")[1]);
  }
}
