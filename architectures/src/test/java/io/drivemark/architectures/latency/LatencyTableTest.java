package io.drivemark.architectures.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measured times that are kept. */
@Tag("text")
class LatencyTableTest {
  @TempDir Path folder;

  private static Piece relu(int channels) {
    return new Piece(
        Activation.relu(),
        List.of(new Piece.Operand(Piece.Kind.MAP, Shape.of(1, channels, 4, 5))),
        List.of());
  }

  @Test
  void whatIsKnownIsNotMeasuredAgain() throws Exception {
    Path file = folder.resolve("deeper/table.tsv");
    ByMacs first = new ByMacs();
    LatencyTable table = new LatencyTable("engine 1", Optional.of(file), first);
    table.require(List.of(relu(1), relu(2), relu(1)), Progress.NONE);
    assertEquals(1008, table.nanos(relu(2)));
    assertEquals(2, first.asked().size());
    assertEquals(
        List.of(
            "# drivemark-latency-table/2",
            "# engine 1",
            "1004\tActivation[kind=RELU, a=0.0, b=0.0] of 1x1x4x5",
            "1008\tActivation[kind=RELU, a=0.0, b=0.0] of 1x2x4x5"),
        Files.readAllLines(file));

    ByMacs second = new ByMacs();
    LatencyTable again = new LatencyTable("engine 1", Optional.of(file), second);
    again.require(List.of(relu(1), relu(3)), Progress.NONE);
    assertEquals(List.of(relu(3)), second.asked());
    assertEquals(3, again.size());
  }

  @Test
  void damagedFilesAreRefusedWithTheirLine() throws Exception {
    Path file = folder.resolve("table.tsv");
    Files.writeString(file, "# drivemark-latency-table/2\n# engine 2\n");
    assertEquals(
        file
            + " line 1: expected '# drivemark-latency-table/2' and '# engine 1'; delete the file, it"
            + " is measured anew",
        refusal(file));
    for (String line : List.of("12 Activation", "NaN\tActivation", "-1\tActivation", "")) {
      Files.writeString(file, "# drivemark-latency-table/2\n# engine 1\n5\tgood\n" + line + "\n");
      assertEquals(
          file
              + " line 4: found '"
              + line
              + "', expected nanoseconds, a tab, a piece; delete the file, it is measured anew",
          refusal(file));
    }
  }

  private static String refusal(Path file) {
    return assertThrows(
            BadInputException.class,
            () -> new LatencyTable("engine 1", Optional.of(file), new ByMacs()))
        .getMessage();
  }

  @Test
  void tablesAreKeptByEngineVersionThreadsAndMachine() throws Exception {
    LatencyTables tables = LatencyTables.in(folder, "f00d");
    EngineSetup setup = new EngineSetup("onnxruntime", 1);
    LatencyTable table = tables.open(setup);
    assertEquals("onnxruntime " + setup.version() + ", threads 1, machine f00d", table.toString());
    assertTrue(table.nanos(relu(1)) > 0);
    Path file = folder.resolve("onnxruntime-" + setup.version() + "-t1-f00d-2.tsv");
    assertEquals(3, Files.readAllLines(file).size());
    assertEquals(1, tables.open(setup).size());
    assertEquals(0, tables.open(new EngineSetup("onnxruntime", 2)).size());
    assertEquals(0, LatencyTables.in(folder, "cafe").open(setup).size());
    assertEquals(
        "engine 'onnxruntim' is not known (did you mean 'onnxruntime'?); there are onnxruntime,"
            + " opencv, pytorch",
        assertThrows(BadInputException.class, () -> tables.open(new EngineSetup("onnxruntim", 1)))
            .getMessage());
  }

  @Test
  void folderThatCannotBeMadeIsSaid() throws Exception {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
    LatencyTable table =
        new LatencyTable("engine 1", Optional.of(blocked.resolve("t.tsv")), new ByMacs());
    String said = assertThrows(UnavailableException.class, () -> table.nanos(relu(1))).getMessage();
    assertTrue(said.startsWith(blocked.resolve("t.tsv") + ": cannot be written: "), said);
  }

  @Test
  void twoNetworksAreMeasuredInTurns() {
    NetworkBuilder b = new NetworkBuilder("net", 1);
    String x = b.conv("one", b.input("image", 3), 8, 3).padding(1).build();
    Network whole = b.build(b.conv("two", x, 8, 3).padding(1).build());
    MeasuredShare measured =
        new InterleavedMeter(
                new EngineSetup("onnxruntime", 1), 8, 8, new float[192], new StepClock())
            .measure(whole, whole.withOutputs(List.of(x)), Progress.NONE);
    assertEquals(new MeasuredShare(1, 0, 0.005, 0.005), measured);
  }

  /** Every look at the clock takes 5 microseconds. */
  private static final class StepClock implements io.drivemark.eval.latency.NanoClock {
    private long now;

    @Override
    public long nanos() {
      now += 5000;
      return now;
    }
  }

  @Test
  void twoProgramsThatMeasureAtTheSameTimeKeepEachOthersTimes() {
    Path file = folder.resolve("table.tsv");
    ByMacs ours = new ByMacs();
    LatencyTable one = new LatencyTable("engine 1", Optional.of(file), ours);
    LatencyTable two = new LatencyTable("engine 1", Optional.of(file), new ByMacs());
    two.require(List.of(relu(1), relu(2)), Progress.NONE);
    one.require(List.of(relu(2), relu(3)), Progress.NONE);
    assertEquals(3, one.size(), "what the other has measured meanwhile is taken over");
    assertEquals(2, ours.asked().size());
    assertEquals(3, new LatencyTable("engine 1", Optional.of(file), new ByMacs()).size());
  }
}
