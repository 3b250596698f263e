package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights from the command line, with the real clock, engine and store. */
class NightlyCommandTest {
  /** Whatever else runs on the machine of the tests. */
  private static final String NEVER_BUSY = "quiet: {load: 1000, process: 1000}";

  @TempDir Path folder;

  @BeforeEach
  void writeStudy() throws IOException {
    Files.writeString(
        folder.resolve("study.yaml"),
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, split: test, count: 3, seed: 5, size: 48x64}]
        models: [enet-synthdrive]
        engines: [{name: onnxruntime, threads: 1}]
        latency: {runs: 10}
        """);
  }

  private Path night(String more) throws IOException {
    Path file = folder.resolve("night.yaml");
    Files.writeString(file, "schema: drivemark-night/1\nstudy: study.yaml\n" + more);
    return file;
  }

  private Invocation nightly(String more, String... options) throws IOException {
    String[] all = new String[options.length + 2];
    all[0] = "nightly";
    all[1] = night(more).toString();
    System.arraycopy(options, 0, all, 2, options.length);
    return Invocation.of(all);
  }

  @Test
  void theFirstNightIsRememberedAndEndsWithThreeAndTheReason() throws IOException {
    Invocation first =
        nightly(
            "latency: {forks: 0, ruler: false, "
                + NEVER_BUSY
                + "}\nnotify: [{on: [unjudged], command: [sh, -c, 'cat > "
                + folder.resolve("told.json")
                + "']}]\n");
    assertEquals(3, first.exitCode(), first.err());
    NightFolder night = NightFolder.all(folder.resolve("nights")).get(0);
    Verdict verdict = VerdictJson.read(Files.readString(night.verdict()), "verdict.json");
    List<String> said = first.out().lines().toList();
    assertEquals(verdict.sentence(), said.get(0));
    assertTrue(said.stream().anyMatch(line -> line.startsWith("  not judged: ")), first.out());
    assertEquals("Verdict: " + night.verdict(), said.get(said.size() - 1));
    assertEquals(Files.readString(night.verdict()), Files.readString(folder.resolve("told.json")));
    assertTrue(Files.isRegularFile(folder.resolve("history.db")));
    NightRecord record = NightJson.read(night.record());
    assertTrue(record.finished().isPresent());
    assertEquals(List.of(), record.notes());

    Invocation dry = nightly("", "--dry-run");
    assertEquals(0, dry.exitCode(), dry.err());
    assertTrue(
        dry.out().startsWith("Would begin a night, with 1 before it:\n  fixed work is timed: 2 s"),
        dry.out());
    assertEquals(1, NightFolder.all(folder.resolve("nights")).size());

    for (String more : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("history.db" + more));
    }
    Invocation lost = nightly("", "--dry-run");
    assertTrue(
        lost.out()
            .startsWith(
                "Would begin a night, with 1 before it:\n  1 night that lies in "
                    + folder.resolve("nights")
                    + " and sqlite:"
                    + folder.resolve("history.db")
                    + " lacks is taken in: 0 s\n  fixed work is timed: 2 s\n"),
        lost.out());
    assertFalse(Files.exists(folder.resolve("history.db")), "nothing was made");
  }

  @Test
  @Tag("slow")
  void furtherProcessesAreFreshVirtualMachines() throws IOException {
    Invocation night = nightly("latency: {forks: 1, " + NEVER_BUSY + "}\n");
    assertEquals(3, night.exitCode(), night.err());
    NightFolder folderOfNight = NightFolder.all(folder.resolve("nights")).get(0);
    NightRecord record = NightJson.read(folderOfNight.record());
    assertEquals(List.of(), record.notes());
    assertEquals(2, record.rulers().size());
    assertEquals(
        List.of(folderOfNight.fork(1)), folderOfNight.finished(NightFolder.FORKS), night.err());
  }

  @Test
  @Tag("slow")
  void aNightWhoseProcessWasKilledGoesOn() throws Exception {
    Path file = night("latency: {forks: 1, ruler: false, " + NEVER_BUSY + "}\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "nightly",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    Path nights = folder.resolve("nights");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (process.isAlive() && System.nanoTime() < deadline && !isMeasured(nights)) {
      Thread.sleep(20);
    }
    boolean wasAlive = process.isAlive();
    process.destroyForcibly().waitFor();
    assertTrue(wasAlive, () -> "ended with " + process.exitValue());
    NightFolder killed = NightFolder.all(nights).get(0);
    assertEquals(Optional.empty(), NightJson.read(killed.record()).finished());
    Invocation again = Invocation.of("nightly", file.toString());
    assertEquals(3, again.exitCode(), again.err());
    assertEquals(List.of(killed), NightFolder.all(nights), "no other night began");
    assertTrue(NightJson.read(killed.record()).finished().isPresent());
    assertEquals(
        List.of(killed.fork(1)),
        killed.finished(NightFolder.FORKS),
        () -> NightJson.read(killed.record()).notes().toString());
  }

  /** Whether the night's study is done and its fork is about to begin. */
  private static boolean isMeasured(Path nights) {
    List<NightFolder> all = NightFolder.all(nights);
    return !all.isEmpty() && Files.exists(all.get(0).fork(1).resolve("fork.json"));
  }

  @Test
  void aStoreThatCannotBeReachedEndsWithThreeBeforeAnythingIsMeasured() throws IOException {
    Invocation night = nightly("", "--store", "postgresql://127.0.0.1:1/none");
    assertEquals(3, night.exitCode(), night.err());
    assertTrue(night.err().startsWith("drivemark nightly: "), night.err());
    assertTrue(night.err().contains("127.0.0.1:1"), night.err());
    assertEquals(List.of(), NightFolder.all(folder.resolve("nights")));
  }

  @Test
  void whatCannotBeUsedEndsWithTwo() throws IOException {
    Invocation option = nightly("", "--fail-on", "confirmd");
    assertEquals(2, option.exitCode());
    assertEquals(
        "drivemark nightly: --fail-on is confirmd (did you mean 'confirmed'?), expected one of"
            + " confirmed, candidate, never\n",
        option.err());
    Invocation key = nightly("lateny: {forks: 1}\n");
    assertEquals(2, key.exitCode());
    assertTrue(key.err().contains("unknown key 'lateny' (did you mean 'latency'?)"), key.err());
    String study = Files.readString(folder.resolve("study.yaml"));
    Files.writeString(folder.resolve("study.yaml"), "schema: drivemark-study/1\n");
    assertEquals(2, nightly("").exitCode());
    Files.writeString(
        folder.resolve("study.yaml"), study.replace("enet-synthdrive", "enet-synthdriv"));
    for (String how : List.of("--dry-run", "--no-confirm")) {
      Invocation model = nightly("", how);
      assertEquals(2, model.exitCode(), model.err());
      assertTrue(model.err().contains("enet-synthdriv"), model.err());
    }
    assertEquals(List.of(), NightFolder.all(folder.resolve("nights")), "no night was begun");
    assertFalse(Files.exists(folder.resolve("history.db")), "nothing was begun");
  }
}
