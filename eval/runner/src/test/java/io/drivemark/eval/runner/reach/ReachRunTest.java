package io.drivemark.eval.runner.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.json.ReachFile;
import io.drivemark.eval.runner.record.reach.Reach;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReachRunTest {
  private static final FrameSize SIZE = new FrameSize(32, 48);

  @TempDir Path out;

  /** Every look at the clock is a millisecond after the last. */
  private final AtomicLong now = new AtomicLong();

  private static Model model(long seed) {
    return new Model(
        new ModelSpec(
            "dabnet-toy",
            "dabnet",
            Map.of(),
            InputSpec.IMAGENET,
            "camvid-11",
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of()),
        Architectures.build("dabnet", Map.of(), 11, seed));
  }

  private Reach run(Model model, int variants) {
    ReachRun.Outcome outcome = run(model, variants, Engines.named("onnxruntime"));
    assertEquals(List.of(), outcome.issues());
    return outcome.reach();
  }

  private ReachRun.Outcome run(Model model, int variants, Engine engine) {
    return ReachRun.run(
        model,
        SIZE,
        engine,
        new EngineOptions(1),
        new ReachRun.Settings(variants, 1, 7),
        out,
        () -> now.addAndGet(1_000_000),
        Progress.NONE);
  }

  @Test
  void everyVariantIsKeptAtOnceAndNotMeasuredTwice() throws IOException {
    Reach two = run(model(1), 2);
    assertEquals(
        List.of("parent 0", "filter 0", "layer 0", "filter 1", "layer 1"),
        two.points().stream().map(p -> p.kind() + " " + p.number()).toList());
    two.points().forEach(p -> assertEquals(1, p.latency(), 0, "by the test's clock"));
    assertEquals(1, two.points().get(0).macs(), 0);
    two.points().subList(1, 5).forEach(p -> assertTrue(p.macs() < 1 && p.params() < 1, "" + p));

    Path file = ReachFile.file(out, two.conditions());
    assertEquals(Optional.of(two), ReachFile.read(file));
    Files.writeString(file, Files.readString(file).replaceAll("\"number\":1.*\\n?$", ""));
    long before = now.get();
    Reach again = run(model(1), 2);
    assertEquals(two, again, "the half-written line is measured again, the others are not");
    assertEquals(8, (now.get() - before) / 1_000_000 / 2, "four turns of parent and variant");
    assertEquals(List.of(two), ReachFile.all(out));
    assertEquals(6 + 1, run(model(1), 3).points().size());
  }

  @Test
  void pointsOfAnotherNetworkAreNotMixedIn() {
    Reach known = run(model(1), 1);
    String message = assertThrows(BadInputException.class, () -> run(model(2), 1)).getMessage();
    assertTrue(
        message.startsWith(
            ReachFile.file(out, known.conditions())
                + ": these variants were measured under other conditions ("),
        message);
    assertTrue(message.endsWith("; choose another --out or remove the file"), message);
  }

  /** An installed engine that fails to open one of several networks. */
  private record FailsAt(int number, AtomicLong opened) implements Engine {
    @Override
    public String name() {
      return "onnxruntime";
    }

    @Override
    public Availability probe() {
      return Engines.named("onnxruntime").probe();
    }

    @Override
    public Session open(Network network, int height, int width, EngineOptions options) {
      if (opened.getAndIncrement() == number) {
        throw new IllegalStateException("device lost");
      }
      return Engines.named("onnxruntime").open(network, height, width, options);
    }
  }

  @Test
  void aVariantOnWhichTheEngineFailsIsNamedAndTheOthersAreTimed() {
    String lost =
        "engine onnxruntime failed while it opened network dabnet at 32x48: device lost; try another"
            + " engine, or a smaller size if memory is short";
    // The parent is opened, then the parent as control, then filter 0.
    ReachRun.Outcome outcome = run(model(1), 2, new FailsAt(2, new AtomicLong()));
    assertEquals(List.of("filter 0 not timed: " + lost), outcome.issues());
    assertEquals(
        List.of("parent 0", "layer 0", "filter 1", "layer 1"),
        outcome.reach().points().stream().map(p -> p.kind() + " " + p.number()).toList());
    assertEquals(5, run(model(1), 2).points().size(), "what was missing is measured");
    EngineFailure e =
        assertThrows(EngineFailure.class, () -> run(model(1), 3, new FailsAt(0, new AtomicLong())));
    assertEquals(lost, e.getMessage());
  }
}
