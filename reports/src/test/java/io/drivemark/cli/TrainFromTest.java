package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.variant.CalibrationSet;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.Gating;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --from}: a model is trained further and says what it was before. */
class TrainFromTest {
  private static final String PARENT = "segnet-basic-16-synthdrive";

  @TempDir Path folder;

  @Test
  void theModelGoesOnAndKeepsItsHistory() {
    Path out = folder.resolve("further.onnx");
    Invocation.of(command(out, "--from=" + PARENT, "--dataset=synthdrive")).fine();
    Model before = Models.load(PARENT);
    Model after = Models.load(out.toString());
    Map<String, String> facts = after.spec().provenance();
    assertEquals("segnet-basic", after.spec().architecture());
    assertEquals(before.spec().options(), after.spec().options());
    assertEquals("1", facts.get("epochs"));
    assertEquals("weights of " + PARENT + ", digest " + Models.digest(before), facts.get("start"));
    assertEquals(before.spec().provenance().get("val-miou"), facts.get("from.val-miou"));
    assertEquals("random weights", facts.get("from.start"));
  }

  /** Its gates go on to learn what its file says that they learn, and are still there. */
  @Test
  void aModelWithGatesGoesOnWithThem() {
    Model shipped = Models.load(PARENT);
    GateRequest request = GateRequest.of(new GateRequest.Ratio(0.8), 1);
    List<GateSite> sites = GateSites.of(shipped.network()).sites();
    Dataset frames =
        Datasets.open(
            DatasetRequest.of("synthdrive", "train")
                .withOption("count", "2")
                .withOption("size", "32x48"));
    Model parent =
        new Model(shipped.spec().withSize(new ModelSpec.Size(32, 48)), shipped.network());
    CalibrationSet calibration = new CalibrationSet(frames, parent.spec().input(), 2);
    Model dynamic = Gating.attach(parent, sites, request, calibration, 1, Progress.NONE);
    Path file = folder.resolve("dynamic.onnx");
    Models.write(dynamic, file);
    Path out = folder.resolve("further.onnx");
    Invocation.of(command(out, "--from=" + file, "--dataset=synthdrive", "--gate-until=1")).fine();
    Model after = Models.load(out.toString());
    assertEquals(Gating.facts(dynamic.spec()), Gating.facts(after.spec()));
    assertEquals(dynamic.spec().otherHeads(), after.spec().otherHeads());
    String head = GatedNetwork.bias(sites.get(0));
    assertNotEquals(
        dynamic.network().weights().get(head).tensor(),
        after.network().weights().get(head).tensor());
  }

  @Test
  void anotherArchitectureBesideItIsRefused() {
    Invocation.refused(
        List.of(
            "drivemark train: "
                + PARENT
                + " is segnet-basic {classes=11, width=16}; with --from leave --architecture and"
                + " --option out"),
        command(
            folder.resolve("a.onnx"),
            "--from=" + PARENT,
            "--dataset=synthdrive",
            "--architecture=enet"));
  }

  @Test
  void aDatasetOfOtherLabelsIsRefused() throws Exception {
    Path root = folder.resolve("yard");
    Invocation.of("synth", "--out", root + "", "--count", "5", "--seed", "1", "--size", "16x24")
        .fine();
    Path yaml =
        Files.writeString(
            folder.resolve("yard.yaml"),
            "name: yard\nroot: yard\nclasses:\n  - {name: ground, color: '1,2,3'}\n"
                + "layout: {image: '{split}/{id}.png', truth: '{split}annot/{id}.png'}\n"
                + "coding: {values: {3: ground}, unknown: void}\n");
    Invocation run =
        Invocation.of(command(folder.resolve("a.onnx"), "--from=" + PARENT, "--dataset=" + yaml));
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err()
            .startsWith("drivemark train: " + PARENT + " knows the labels camvid-11, yard has "),
        run.err());
    assertTrue(
        run.err().strip().endsWith("; give a dataset with the model's own labels"), run.err());
  }

  @Test
  void withoutArchitectureAndModelItSaysWhatToGive() {
    Invocation.refused(
        List.of(
            "drivemark train: give --architecture A (see 'drivemark list architectures'), or"
                + " --from M to train a model further"),
        command(folder.resolve("a.onnx"), "--dataset=synthdrive"));
  }

  private static String[] command(Path out, String... more) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(more));
    if (all.contains("--dataset=synthdrive")) {
      all.addAll(List.of("--data-option=count=2", "--data-option=size=32x48"));
    }
    all.addAll(List.of("--crop=32x48", "--batch=2", "--epochs=1", "--threads=1", "--out=" + out));
    return all.toArray(String[]::new);
  }
}
