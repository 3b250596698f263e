package io.drivemark.architectures.onnx;

import static io.drivemark.architectures.onnx.Toy.node;
import static io.drivemark.architectures.onnx.Toy.whole;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.sun.management.ThreadMXBean;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.pruning.ChannelGroups;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is allocated and computed for a file grows with its size and no faster: twice the nodes take
 * about twice the memory. Bytes that a thread allocates are counted, since times depend on what
 * else a machine does.
 */
class LargeFilesTest {
  private static final String CONV = node("Conv", "x W b", "l");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int NODES = 10_000;

  /** Of reading, counting, analysing and writing 20,000 nodes; the most is less than half of it. */
  private static final long MOST_BYTES = 1_000_000_000;

  private static ModelProto chain(int nodes, String first, NodeProto repeated) {
    ModelProto.Builder model = Toy.model(13, "y", 1, first).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    String last = "l";
    for (int i = 0; i < nodes; i++) {
      String next = "o" + i;
      graph.addNode(repeated.toBuilder().setInput(0, last).setOutput(0, next));
      last = next;
    }
    return model.setGraph(graph.addNode(one(node("Relu", last, "y")))).build();
  }

  private static NodeProto one(String text) {
    return Toy.text("graph { " + text + "}").getGraph().getNode(0);
  }

  private static ModelProto wide(int inputs) {
    String all = "l" + " l".repeat(inputs - 1);
    return Toy.model(13, "y", 1, CONV + node("Concat", all, "y", whole("axis", 1)));
  }

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("one operator of ours", CONV, node("Relu", "l", "y")),
        Arguments.of("casts", CONV, node("Cast", "l", "y", whole("to", 1))),
        Arguments.of("foreign operators", CONV, node("Foo", "l l", "y")),
        Arguments.of(
            "shapes that grow",
            node("Shape", "x", "l"),
            node("Concat", "l l", "y", whole("axis", 0))),
        Arguments.of(
            "a long constant",
            CONV + Toy.longs("k", new long[20_000]),
            node("Reshape", "l k", "y")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void repeatedNodesTakeMemoryByTheirNumber(String what, String first, String repeated) {
    allocated(chain(100, first, one(repeated))); // classes are loaded
    long some = allocated(chain(NODES, first, one(repeated)));
    long more = allocated(chain(2 * NODES, first, one(repeated)));
    assertLinear(what, some, more);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void repeatedInputsTakeMemoryByTheirNumber(int inputs) {
    allocated(wide(100));
    assertLinear("inputs", allocated(wide(inputs)), allocated(wide(2 * inputs)));
  }

  static Stream<Integer> widths() {
    return Stream.of(65_000);
  }

  private static void assertLinear(String what, long some, long more) {
    assertTrue(more < 2.5 * some, () -> what + ": " + some + " bytes, twice as many: " + more);
    assertTrue(more < MOST_BYTES, () -> what + ": " + more + " bytes");
  }

  /** Bytes for reading a file and all that is asked of a network. */
  private static long allocated(ModelProto model) {
    byte[] bytes = model.toByteArray();
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    Network network = OnnxReader.read(bytes);
    OnnxWriter.toBytes(network, Toy.HEIGHT, Toy.WIDTH);
    Cost.of(network, Toy.HEIGHT, Toy.WIDTH);
    ChannelGroups.of(network);
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}
