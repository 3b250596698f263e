package io.drivemark.cli;

import static io.drivemark.cli.Invocation.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.zoo.Architectures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pruning from the command line, on a few small generated frames. */
class PruneCommandTest {
  private static final int HEIGHT = 64;
  private static final int WIDTH = 96;

  @TempDir static Path folder;
  private static Path parent;

  @BeforeAll
  static void prepare() {
    parent = model("enet", "enet-toy", 3);
  }

  private static Path model(String architecture, String name, long seed) {
    return model(Architectures.build(architecture, Map.of(), 11, seed), architecture, name);
  }

  /** Two convolutions of as many channels as they read. */
  private static Path small() {
    NetworkBuilder b = new NetworkBuilder("small", 1);
    String x = b.conv("stem", b.input("image", 3), 16, 3).padding(1).stride(2).build();
    for (String name : List.of("one", "two")) {
      x = b.relu(name + ".act", b.conv(name, x, 16, 3).padding(1).build());
    }
    return model(b.build(b.conv("head", x, 11, 1).build()), "small", "small-toy");
  }

  private static Path model(Network network, String architecture, String name) {
    Path file = folder.resolve(name + ".onnx");
    InputSpec usual = InputSpec.IMAGENET;
    Models.write(
        new Model(
            new ModelSpec(
                name,
                architecture,
                Map.of("classes", "11"),
                new InputSpec(
                    Optional.of(new ModelSpec.Size(HEIGHT, WIDTH)),
                    usual.channels(),
                    usual.mean(),
                    usual.std()),
                "camvid-11",
                LabelsHead.Form.LOGITS,
                ModelSpec.Variant.DENSE,
                Map.of("dataset", "none")),
            network),
        file);
    return file;
  }

  private static String[] prune(Path model, Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "prune",
                "--model=" + model,
                "--dataset=synthdrive",
                "--data-option=count=4",
                "--data-option=size=64x96",
                "--calibration-frames=2",
                "--threads=1",
                "--out=" + out));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static double kept(Model small) {
    return (double) Cost.of(small.network(), HEIGHT, WIDTH).macs()
        / Cost.of(Models.load(parent.toString()).network(), HEIGHT, WIDTH).macs();
  }

  @Test
  void filtersArePrunedFineTunedSavedAndReplayed() throws Exception {
    Path out = folder.resolve("narrow.onnx");
    Path plan = folder.resolve("plan.json");
    Invocation run =
        Invocation.of(
                prune(
                    parent,
                    out,
                    "--technique=filter",
                    "--keep=macs=0.6",
                    "--criterion=taylor-gate",
                    "--multiple=4",
                    "--finetune-epochs=1",
                    "--batch=2",
                    "--seed=5",
                    "--save-plan=" + plan))
            .fine();
    Model small = Models.load(out.toString());
    assertTrue(kept(small) <= 0.6 && kept(small) > 0.5, "kept " + kept(small));
    int percent = (int) Math.round(100 * kept(small));
    assertEquals("enet-toy-filter-taylor-gate-" + percent, small.spec().name());
    assertEquals(
        new ModelSpec.Variant("filter", Optional.of("enet-toy"), Optional.of("taylor-gate")),
        small.spec().variant());
    Map<String, String> facts = small.spec().provenance();
    Model dense = Models.load(parent.toString());
    assertEquals(Models.digest(dense), facts.get("parent-digest"));
    assertEquals("5", facts.get("prune-seed"));
    assertEquals("1", facts.get("epochs"));
    assertTrue(facts.get("recipe").contains("optimiser=ADAM"), facts.get("recipe"));
    assertEquals(PlanFile.read(plan), PlanFile.parse("metadata", facts.get("plan")));
    assertEquals(NetworkDigest.of(dense.network()), PlanFile.read(plan).digest());
    assertTrue(run.out().contains("mIoU on val "), run.out());

    Path again = folder.resolve("replayed.onnx");
    Invocation.of(prune(parent, again, "--technique=filter", "--plan=" + plan, "--name=mine"))
        .fine();
    Model replayed = Models.load(again.toString());
    assertEquals("mine", replayed.spec().name());
    assertEquals(small.network().parameters(), replayed.network().parameters());
    refused(
        List.of(
            "drivemark prune: " + plan + " is a plan of technique filter, --technique is layer"),
        prune(parent, again, "--technique=layer", "--plan=" + plan));
    refused(
        List.of(
            "drivemark prune: --plan says what goes: leave --keep and --remove-layers out, or"
                + " --plan"),
        prune(parent, again, "--technique=filter", "--plan=" + plan, "--keep=macs=0.5"));
    Path other = model("enet", "enet-other", 4);
    refused(
        List.of(
            "drivemark prune: the plan is for network enet with digest "
                + NetworkDigest.of(dense.network())
                + ", this is enet with digest "
                + NetworkDigest.of(Models.load(other.toString()).network())
                + "; make a plan for this network"),
        prune(other, again, "--technique=filter", "--plan=" + plan));
  }

  @Test
  void prunedLayersStandInResultsWithTheirParent() throws Exception {
    Path out = folder.resolve("shallow.onnx");
    Invocation.of(
            prune(parent, out, "--technique=layer", "--remove-layers=6", "--criterion=l1+imprint"))
        .fine();
    Model small = Models.load(out.toString());
    assertEquals("layer", small.spec().variant().technique());
    assertEquals(6, PlanFile.parse("", small.spec().provenance().get("plan")).layers().size());
    Path study = folder.resolve("study.yaml");
    Files.writeString(
        study,
        "schema: drivemark-study/1\n"
            + "datasets: [{name: synthdrive, split: val, options: {count: 4, size: 64x96}}]\n"
            + "models: [shallow.onnx]\n"
            + "engines: [{name: onnxruntime, threads: 1}]\n"
            + "latency: off\n");
    Path results = folder.resolve("results");
    Invocation.of("run", study.toString(), "--out", results.toString()).fine();
    JsonNode entry =
        new ObjectMapper()
            .readTree(results.resolve("results.json").toFile())
            .path("entries")
            .path(0);
    JsonNode variant = entry.get("variant");
    assertEquals("layer", variant.get("technique").textValue());
    assertEquals("enet-toy", variant.get("parent").textValue());
    assertEquals("ensemble(l1+imprint)", variant.get("criterion").textValue());
    assertEquals(small.spec().name(), entry.get("model").textValue());
  }

  @Test
  void controlIsTrainedFromScratchAndAPrunedModelPrunedAgain() {
    Path out = folder.resolve("scratch.onnx");
    String[] options = {"--technique=layer", "--remove-layers=2", "--criterion=random"};
    List<String> all = new ArrayList<>(List.of(options));
    refused(
        List.of(
            "drivemark prune: --from-scratch forgets all weights: say how long to train with"
                + " --finetune-epochs N"),
        prune(parent, out, "--technique=filter", "--keep=macs=0.9", "--from-scratch"));
    all.addAll(List.of("--from-scratch", "--finetune-epochs=1", "--batch=2"));
    Invocation.of(prune(parent, out, all.toArray(String[]::new))).fine();
    Model control = Models.load(out.toString());
    assertEquals("random weights, seed 1", control.spec().provenance().get("start"));
    assertTrue(control.spec().name().endsWith("-scratch"), control.spec().name());
    assertTrue(control.spec().provenance().get("recipe").contains("optimiser=ADAMW"));

    Path again = folder.resolve("again.onnx");
    Invocation.of(prune(out, again, "--technique=filter", "--keep=macs=0.8")).fine();
    Model twice = Models.load(again.toString());
    assertEquals(Optional.of(control.spec().name()), twice.spec().variant().parent());
    assertEquals(
        control.spec().provenance().get("plan"), twice.spec().provenance().get("parent.plan"));
  }

  @Test
  void sameCommandSameFile() throws Exception {
    String[] options = {"--technique=filter", "--keep=params=0.7", "--criterion=random"};
    Path one = folder.resolve("one.onnx");
    Path two = folder.resolve("two.onnx");
    Invocation.of(prune(parent, one, options)).fine();
    Invocation.of(prune(parent, two, options)).fine();
    assertEquals(-1, Files.mismatch(one, two));
  }

  @Test
  void latencyIsMeasuredAndItsTableIsKept() throws Exception {
    Path toy = small();
    for (String technique : List.of("filter", "layer")) {
      Path out = folder.resolve("fast-" + technique + ".onnx");
      Path tables = folder.resolve("tables-" + technique);
      String[] options = {
        "--technique=" + technique,
        "--keep=latency=0.9",
        "--latency-threads=1",
        "--latency-tables=" + tables
      };
      Invocation run = Invocation.of(prune(toy, out, options)).fine();
      Map<String, String> facts = Models.load(out.toString()).spec().provenance();
      double measured = Double.parseDouble(facts.get("latency-measured"));
      assertTrue(measured > 0 && measured <= 0.9, technique + " " + measured);
      assertTrue(facts.get("latency-engine").startsWith("onnxruntime "), facts.toString());
      assertTrue(facts.get("latency-engine").endsWith(", threads 1"), facts.toString());
      assertEquals("64x96", facts.get("latency-size"));
      assertTrue(Double.parseDouble(facts.get("latency-predicted")) > 0);
      assertTrue(Double.parseDouble(facts.get("latency-band")) >= 0);
      assertEquals(
          "latency=0.9 at 64x96 on onnxruntime, 1 thread, scope worth", facts.get("prune-goal"));
      assertTrue(run.out().contains(" %, predicted "), run.out());
      try (Stream<Path> files = Files.list(tables)) {
        List<Path> all = files.filter(f -> !f.getFileName().toString().startsWith(".")).toList();
        assertEquals(1, all.size());
        String before = Files.readString(all.get(0));
        Invocation.of(prune(toy, folder.resolve("again.onnx"), options)).fine();
        assertEquals(before, Files.readString(all.get(0)));
      }
    }
  }

  @Test
  void multipleThatTheEngineLikesIsMeasured() {
    Path out = folder.resolve("aligned.onnx");
    Path tables = folder.resolve("aligned-tables");
    String[] options = {
      "--technique=filter",
      "--keep=macs=0.6",
      "--multiple=auto",
      "--latency-threads=1",
      "--latency-tables=" + tables
    };
    Invocation run = Invocation.of(prune(parent, out, options)).fine();
    String line = run.out().lines().findFirst().orElseThrow();
    assertTrue(
        line.matches(
            "multiple (1|2|4|8|16): widths that are multiples of 1, 2, 4, 8, 16 take"
                + " .* of the time a channel \\(\\d convolutions? of enet at 64x96 on onnxruntime"
                + " .*\\)"),
        line);
    String multiple = line.replaceAll("multiple (\\d+):.*", "$1");
    String goal = Models.load(out.toString()).spec().provenance().get("prune-goal");
    assertEquals(!multiple.equals("1"), goal.endsWith(", multiples of " + multiple), goal);
    assertTrue(Files.isDirectory(tables));
  }

  @Test
  void roundsAreTrainedBetweenAndTheSameCommandGoesOn() throws Exception {
    Path out = folder.resolve("rounds.onnx");
    String[] options = {
      "--technique=layer",
      "--remove-layers=2",
      "--iterations=2",
      "--round-epochs=1",
      "--batch=2",
      "--seed=5"
    };
    Invocation.of(prune(parent, out, options)).fine();
    Model small = Models.load(out.toString());
    assertEquals("2", small.spec().provenance().get("prune-rounds"));
    assertEquals(2, PlanFile.parse("m", small.spec().provenance().get("plan")).layers().size());
    assertTrue(Files.exists(folder.resolve("rounds.onnx.rounds/round-1.checkpoint")));
    byte[] before = Files.readAllBytes(out);
    Invocation again = Invocation.of(prune(parent, out, options)).fine();
    assertArrayEquals(before, Files.readAllBytes(out));
    assertFalse(again.err().contains("score enet"), again.err());
  }

  @Test
  void badRequestsAreRefusedWordForWord() {
    Path out = folder.resolve("never.onnx");
    refused(
        List.of(
            "drivemark prune: criterion 'tailor-gate' is not known (did you mean 'taylor-gate'?);"
                + " there are bn-scale, fpgm, hrank, imprint, imprint-upsampled, l1, l2, random, taylor-bn,"
                + " taylor-gate, taylor-map, taylor-weight"),
        prune(parent, out, "--technique=layer", "--remove-layers=1", "--criterion=tailor-gate"));
    refused(
        List.of(
            "drivemark prune: technique 'filters' is not known (did you mean 'filter'?); there are"
                + " filter, layer, joint, dynamic"),
        prune(parent, out, "--technique=filters", "--keep=macs=0.5"));
    refused(
        List.of(
            "drivemark prune: --keep is macs=60, expected macs, params, filters or latency, and a share"
                + " above 0 to 1, for example macs=0.6"),
        prune(parent, out, "--technique=filter", "--keep=macs=60"));
    refused(
        List.of(
            "drivemark prune: nothing called 'flops' can be kept a share of; there are macs, params,"
                + " filters"),
        prune(parent, out, "--technique=filter", "--keep=flops=0.6"));
    refused(
        List.of("drivemark prune: say how much remains, for example --keep macs=0.6"),
        prune(parent, out, "--technique=filter"));
    refused(
        List.of(
            "drivemark prune: say how much remains or goes, for example --keep macs=0.6 or"
                + " --remove-layers 2"),
        prune(parent, out, "--technique=layer"));
    refused(
        List.of("drivemark prune: give either --keep or --remove-layers, not both"),
        prune(parent, out, "--technique=layer", "--keep=macs=0.5", "--remove-layers=1"));
    refused(
        List.of(
            "drivemark prune: --remove-layers belongs to --technique layer; filters are pruned with"
                + " --keep macs=0.6 say"),
        prune(parent, out, "--technique=filter", "--remove-layers=1"));
    refused(
        List.of(
            "drivemark prune: network enet has 23 units of layers that l1 can remove, 24 were asked"
                + " for; ask for 1 to 23"),
        prune(parent, out, "--technique=layer", "--remove-layers=24"));
    refused(
        List.of(
            "drivemark prune: network enet has no layer 'stage1.1.projet' to spare (did you mean"
                + " 'stage1.1.project'?); 'name*' spares all that begin with name"),
        prune(parent, out, "--technique=filter", "--keep=macs=0.9", "--spare=stage1.1.projet"));
    refused(
        List.of("drivemark prune: --finetune-epochs is -1, expected at least 0"),
        prune(parent, out, "--technique=filter", "--keep=macs=0.9", "--finetune-epochs=-1"));
    refused(
        List.of("drivemark prune: --scope is network, expected layer, global or worth"),
        prune(parent, out, "--technique=filter", "--keep=macs=0.9", "--scope=network"));
    refused(
        List.of("drivemark prune: --iterations is 0, expected at least 1"),
        prune(parent, out, "--technique=filter", "--keep=macs=0.9", "--iterations=0"));
    refused(
        List.of(
            "drivemark prune: --round-epochs trains between rounds: say how many there are with"
                + " --iterations N"),
        prune(parent, out, "--technique=filter", "--keep=macs=0.9", "--round-epochs=1"));
    refused(
        List.of("drivemark prune: --multiple is eight, expected a whole number or auto"),
        prune(parent, out, "--technique=filter", "--keep=macs=0.9", "--multiple=eight"));
    refused(
        List.of("drivemark prune: --latency-threads is 0, expected at least 1"),
        prune(parent, out, "--technique=filter", "--keep=latency=0.9", "--latency-threads=0"));
    refused(
        List.of(
            "drivemark prune: engine 'onnx' is not known; there are onnxruntime, opencv, pytorch"),
        prune(
            parent,
            out,
            "--technique=filter",
            "--keep=latency=0.9",
            "--latency-engine=onnx",
            "--latency-tables=" + folder.resolve("none")));
  }

  @Test
  void unreachableShareNamesTheNearest() {
    Invocation run =
        Invocation.of(
            prune(
                parent,
                folder.resolve("never.onnx"),
                "--technique=filter",
                "--keep=macs=0.01",
                "--minimum-width=8"));
    assertEquals(2, run.exitCode());
    String message = run.err().strip();
    assertTrue(
        message.matches(
            "drivemark prune: network enet cannot be pruned to 0\\.01 of its macs at 64x96: at least"
                + " 0\\.\\d{4} remain with 8 filters a group\\. Channels that stay: .*it is output"
                + " logits of the network.*Ask for 0\\.\\d{4} or more"),
        message);
    String nearest = message.replaceAll(".*Ask for (\\S+) or more", "$1");
    Invocation.of(
            prune(
                parent,
                folder.resolve("nearest.onnx"),
                "--technique=filter",
                "--keep=macs=" + nearest,
                "--minimum-width=8"))
        .fine();
  }
}
