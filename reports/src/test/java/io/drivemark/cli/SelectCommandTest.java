package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.StoreUrl;
import io.drivemark.eval.runner.record.json.ResultsJson;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectCommandTest {
  @TempDir Path folder;
  private Path kept;

  @BeforeEach
  void copy() throws IOException, URISyntaxException {
    kept = folder.resolve("kept");
    KeptResultsTest.copy("/kept-results-1", kept);
  }

  @Test
  void ofTooFewFramesNothingIsSaidAndWhyIs() {
    Invocation select = Invocation.of("select", kept.toString()).fine();
    assertEquals(
        """
        synthdrive val: Nothing here can be compared.
        Not comparable:
          enet-untrained
              its weights are random, so it has no accuracy
          espnet-synthdrive: mIoU 17.99 %
              its frames make a single cluster, so nothing is known of other frames; judge more
        """,
        select.out());
  }

  @Test
  void aBudgetThatNothingKeepsForCertainIsAFinding() {
    Invocation select = Invocation.of("select", kept.toString(), "--budget", "latencyMs<=50");
    assertEquals(1, select.exitCode(), select.err());
  }

  @Test
  void aStudyIsSelectedFromWithPageAndJson() throws IOException {
    Path study = study();
    Path out = folder.resolve("out");
    Invocation.of("run", study.toString(), "--out", out.toString()).fine();
    Path html = folder.resolve("select.html");
    Path json = folder.resolve("select.json");
    Invocation select =
        Invocation.of(
                "select",
                out.toString(),
                "--budget",
                "params<=100000000",
                "--budget",
                "storedBytes<=400000000",
                "--why-not",
                "espnet-synthdrive",
                "--html",
                html.toString(),
                "--json",
                json.toString())
            .fine();
    assertTrue(select.out().contains("17 frames in "), select.out());
    assertTrue(
        select.out().contains("Why not espnet-synthdrive?\n  Budget params<=100000000: kept"),
        select.out());
    assertTrue(Files.readString(html).contains("<h2>Why not espnet-synthdrive?</h2>"));
    JsonNode board = ResultsJson.readNode(json).required("boards").required(0);
    assertEquals("drivemark-select/1", ResultsJson.readNode(json).required("schema").asText());
    assertEquals(
        List.of("espnet-synthdrive", "skipnet-mobilenet-0.5-synthdrive"),
        StreamSupport.stream(board.required("networks").spliterator(), false)
            .map(n -> n.required("name").asText())
            .toList());
    JsonNode results = ResultsJson.readNode(out.resolve("results.json"));
    for (int i = 0; i < 2; i++) {
      JsonNode network = board.required("networks").required(i);
      JsonNode entry = results.required("entries").required(i);
      assertEquals(
          entry.at("/accuracy/miou").asDouble(),
          network.at("/accuracy/value").asDouble(),
          1e-12,
          "the study's own number");
      assertEquals(
          entry.at("/latencyMs/mean").asDouble(), network.at("/latencyMs/value").asDouble(), 1e-9);
    }
    JsonNode espnet = results.required("entries").required(0);
    assertEquals(
        4 * espnet.at("/cost/params").longValue(),
        espnet.at("/modelFacts/storedBytes").longValue(),
        "float32");
    assertTrue(select.out().contains("storedBytes<=400000000: kept"), select.out());
    // a figure of a gauge that follows from summed counts
    Invocation safe = Invocation.of("select", out.toString(), "--accuracy", "safeMiou").fine();
    assertTrue(safe.out().contains("Safe mIoU "), safe.out());
    Invocation images = Invocation.of("select", out.toString(), "--accuracy", "images").fine();
    assertTrue(
        images.out().contains("its figure does not follow from summed counts"), images.out());
    Invocation.refused(
        List.of(
            "drivemark select: "
                + out
                + " was given twice: the same runs would count as two; give it once"),
        "select",
        out.toString(),
        out.toString());
    Path copy = folder.resolve("copy");
    copyOf(out, copy);
    Invocation copied = Invocation.of("select", out.toString(), copy.toString());
    assertEquals(2, copied.exitCode());
    assertTrue(copied.err().contains(" hold the same timed runs (rotation "), copied.err());
    Invocation.refused(
        List.of(
            "drivemark select: budget latencyP99Ms<=50: espnet-synthdrive has 20 timed runs, a bound"
                + " of the 99th percentile takes 299; time more (latency: {runs: 299} in the"
                + " study), or bound latencyP95Ms, which takes 59"),
        "select",
        out.toString(),
        "--budget",
        "latencyP99Ms<=50");
  }

  @Test
  void theLastNightsOfAStoreAreSelectedFromByTheirFolders() throws IOException {
    String url = "sqlite:" + folder.resolve("history.db");
    StoreUrl store = StoreUrl.parse(url);
    ResultStore.openOrInit(store, Optional.empty()).close();
    Invocation.refused(
        List.of(
            "drivemark select: --store: "
                + url
                + " has no night that may be selected from; take some in with 'drivemark store"
                + " import DIR --store "
                + url
                + "'"),
        "select",
        "--store",
        url);
    try (ResultStore opened = ResultStore.open(store, Optional.empty())) {
      opened.add(kept);
    }
    Invocation select = Invocation.of("select", "--store", url).fine();
    assertTrue(select.out().contains("its frames make a single cluster"), select.out());
    Path results = kept.resolve("results.json");
    String text = Files.readString(results);
    Files.writeString(
        results, text.replaceFirst("\"processor\" : \"[^\"]*\"", "\"processor\" : \"x\""));
    Invocation other = Invocation.of("select", "--store", url);
    assertEquals(2, other.exitCode());
    assertTrue(
        other
            .err()
            .startsWith(
                "drivemark select: --store: here the folder "
                    + kept
                    + " holds another machine's night than that of "),
        other.err());
    Files.writeString(results, text);
    Files.move(kept, folder.resolve("elsewhere"));
    Invocation gone = Invocation.of("select", "--store", url);
    assertEquals(2, gone.exitCode());
    assertTrue(
        gone.err()
            .startsWith("drivemark select: --store: the folder " + kept + " of the night of "),
        gone.err());
  }

  @Test
  @Tag("slow")
  void theSameStudyRunAgainIsAnotherProcessOfTheSameNetworks() throws IOException {
    Path study = study();
    Path out = folder.resolve("out");
    Path again = folder.resolve("again");
    Invocation.of("run", study.toString(), "--out", out.toString()).fine();
    Invocation.of("run", study.toString(), "--out", again.toString()).fine();
    Invocation both = Invocation.of("select", out.toString(), again.toString()).fine();
    assertTrue(both.out().contains("timed in 2 processes on 2 occasions"), both.out());
  }

  private Path study() throws IOException {
    return Files.writeString(
        folder.resolve("study.yaml"),
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, count: 22, seed: 3, size: 48x64, split: train, limit: 17}]
        models: [espnet-synthdrive, skipnet-mobilenet-0.5-synthdrive]
        engines: [{name: onnxruntime, threads: 1}]
        size: 48x64
        latency: {runs: 20}
        """);
  }

  private static void copyOf(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.sorted().toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    String dir = kept.toString();
    Invocation.refused(
        List.of(
            "drivemark select: neither folders nor --store was given: name folders of finished runs,"
                + " or a store of nights"),
        "select");
    Invocation.refused(
        List.of(
            "drivemark select: folders and --store were given: name folders of finished runs, or a"
                + " store of nights"),
        "select",
        dir,
        "--store",
        "sqlite:x.db");
    Invocation.refused(
        List.of(
            "drivemark select: --sure is 0.4, expected a chance of more than 0.5 and less than 1, as"
                + " 0.95"),
        "select",
        dir,
        "--sure",
        "0.4");
    Invocation.refused(
        List.of(
            "drivemark select: --why-not: no network here is called 'espnet-syntdrive' (did you mean"
                + " 'espnet-synthdrive'?); there are enet-untrained, espnet-synthdrive"),
        "select",
        dir,
        "--why-not",
        "espnet-syntdrive");
    Invocation.refused(
        List.of(
            "drivemark select: --accuracy: latencyMs is no figure of which more or less is better;"
                + " networks are ranked by miou, absRel or a figure of a gauge, for example"
                + " safeMiou"),
        "select",
        dir,
        "--accuracy",
        "latencyMs");
    Invocation.refused(
        List.of("drivemark select: --accuracy: no network in " + dir + " has a figure absRel"),
        "select",
        dir,
        "--accuracy",
        "absRel");
    Invocation.refused(
        List.of(
            "drivemark select: budget absRel<=0.2: no network here can have such a figure; networks of"
                + " segmentation alone were found"),
        "select",
        dir,
        "--budget",
        "absRel<=0.2");
    Invocation.refused(
        List.of(
            "drivemark select: --budget: found 'latencyMs<50', expected a figure, <= or >=, and a"
                + " number, for example latencyP95Ms<=50"),
        "select",
        dir,
        "--budget",
        "latencyMs<50");
  }
}
