package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of a store, with results of a real run. */
class StoreCommandTest {
  private static final Path KEPT = Path.of("src/test/resources/kept-results-2");

  @TempDir Path folder;
  private Path night;
  private String url;

  @BeforeEach
  void aRun() throws IOException {
    night = folder.resolve("nights/first");
    try (Stream<Path> all = Files.walk(KEPT)) {
      for (Path from : all.toList()) {
        Path to = night.resolve(KEPT.relativize(from).toString());
        Files.createDirectories(to.getParent());
        if (Files.isRegularFile(from)) {
          Files.copy(from, to);
        }
      }
    }
    url = "sqlite:" + folder.resolve("history.db");
  }

  private Invocation store(String... args) {
    return Invocation.of(
        Stream.concat(Stream.of(args), Stream.of("--store", url)).toArray(String[]::new));
  }

  private void imported() {
    store("store", "init").fine();
    store("store", "import", night.toString()).fine();
  }

  @Test
  void aStoreIsMadeOnce() {
    assertEquals(url + ": made its tables\n", store("store", "init").fine().out());
    assertEquals(url + ": has its tables already\n", store("store", "init").fine().out());
    assertEquals(
        url + ": has this program's schema already\n", store("store", "migrate").fine().out());
  }

  @Test
  void aStoreThatIsNotThereIsNotMadeByOtherCommands() {
    String message =
        "store "
            + url
            + ": there is no such file; 'drivemark store init --store "
            + url
            + "' makes an empty store";
    Invocation.refused(
        List.of("drivemark store import: " + message),
        "store",
        "import",
        night.toString(),
        "--store",
        url);
    Invocation.refused(
        List.of("drivemark annotate: " + message), "annotate", "last", "x", "--store", url);
  }

  @Test
  void aStoreThatCannotBeReachedIsNoFaultOfTheInput() {
    Invocation run = Invocation.of("store", "verify", "--store", "postgresql://127.0.0.1:1/nights");
    assertEquals(3, run.exitCode());
    assertTrue(
        run.err()
            .startsWith(
                "drivemark store verify: store postgresql://127.0.0.1:1/nights: cannot be reached:"
                    + " Connection to 127.0.0.1:1 refused."),
        run.err());
  }

  @Test
  void foldersAreTakenInOnceAndByTheirFolderToo() {
    store("store", "init").fine();
    assertEquals(
        "added\t" + night + "\n1 folder: 1 added\n",
        store("store", "import", night.toString()).fine().out());
    assertEquals(
        "1 folder: 1 already there\n",
        store("store", "import", night.getParent().toString()).fine().out());
  }

  @Test
  void aDamagedFolderStaysOutAndTheOthersGoOn() throws IOException {
    store("store", "init").fine();
    Path bad = folder.resolve("nights/second");
    Files.createDirectories(bad);
    Files.writeString(bad.resolve("results.json"), "{}");
    Invocation run = store("store", "import", folder.resolve("nights").toString());
    assertEquals(1, run.exitCode());
    assertEquals("added\t" + night + "\n1 folder: 1 added; 1 not taken in\n", run.out());
    assertTrue(run.err().startsWith("not taken in: " + bad.resolve("results.json")), run.err());
    Invocation alone = store("store", "import", bad.toString());
    assertEquals(2, alone.exitCode());
  }

  @Test
  void foldersWithoutResultsAreRefused() {
    store("store", "init").fine();
    Invocation.refused(
        List.of(
            "drivemark store import: "
                + folder
                + ": no results of a run: expected results.json in it, or in folders that are in"
                + " it"),
        "store",
        "import",
        folder.toString(),
        "--store",
        url);
    Invocation.refused(
        List.of("drivemark store import: " + folder.resolve("x") + ": there is no such folder"),
        "store",
        "import",
        folder.resolve("x").toString(),
        "--store",
        url);
  }

  @Test
  void aRealRunIsDerivedAgainFromItsEvidence() throws IOException {
    imported();
    assertEquals(
        "1 night held against its folder, 0 differences\n",
        store("store", "verify", "--derive").fine().out());
    try (Stream<Path> all = Files.walk(night)) {
      for (Path file : all.filter(f -> f.endsWith("confusion.csv")).toList()) {
        Files.delete(file);
      }
    }
    assertEquals(
        "note\t"
            + night
            + ": 1 file of evidence is no more, so its numbers cannot be derived again\n"
            + "1 night held against its folder, 0 differences\n",
        store("store", "verify", "--derive").fine().out());
  }

  @Test
  void whatIsNotAsInTheFolderIsAFinding() throws IOException {
    imported();
    Path results = night.resolve("results.json");
    Files.writeString(
        results,
        Files.readString(results)
            .replaceFirst("\"finished\" : \"[^\"]*\"", "\"finished\" : \"2030-01-01T00:00:00Z\""));
    Invocation run = store("store", "verify");
    assertEquals(1, run.exitCode());
    assertTrue(
        run.out().startsWith("different\t" + night + ": the store has [\"run\","), run.out());
    assertTrue(run.out().endsWith("\n1 night held against its folder, 1 difference\n"), run.out());
    assertEquals(
        "replaced\t" + night + "\n1 folder: 1 replaced\n",
        store("store", "rebuild", night.toString()).fine().out());
    store("store", "verify").fine();
  }

  @Test
  void nightsWithoutAFolderAmongThoseGivenAreKeptAndNamed() throws IOException {
    imported();
    Path other = folder.resolve("other");
    Files.move(night, other);
    Path copy = folder.resolve("nights/copy");
    Files.createDirectories(copy);
    Files.writeString(
        copy.resolve("results.json"),
        Files.readString(other.resolve("results.json"))
            .replaceFirst("(?s)\"entries\" : .*", "\"entries\" : [ ]\n}\n"));
    assertEquals(
        "kept\t"
            + night
            + "\tnot among the folders given\nadded\t"
            + copy
            + "\n1 folder: 1 added\n",
        store("store", "rebuild", copy.toString()).fine().out());
  }

  @Test
  void dumpsAreLinesOfJson() throws IOException {
    imported();
    Path file = folder.resolve("dump.jsonl");
    assertEquals("Wrote " + file + "\n", store("store", "dump", file.toString()).fine().out());
    assertEquals("[\"schema\",\"drivemark-store-dump/1\"]", Files.readAllLines(file).get(0));
    Invocation.refused(
        List.of(
            "drivemark store dump: FILE: "
                + folder
                + " is a folder; give a file's name, which may lie in it"),
        "store",
        "dump",
        folder.toString(),
        "--store",
        url);
  }

  @Test
  void whatPeopleSayIsKeptWithTheirName() throws IOException {
    imported();
    Invocation said = store("annotate", "first", "v1.4 <b>\nnew fan", "--by", "Ada").fine();
    assertTrue(
        said.out()
            .startsWith(
                "night "
                    + night
                    + " is annotated, says Ada\nkept in the store and in "
                    + night.resolve("decisions")),
        said.out());
    assertEquals(
        "night " + night + " is in no baseline, says Ada",
        store("exclude", "last", "--because", "the fan was broken", "--by", "Ada")
            .fine()
            .out()
            .lines()
            .findFirst()
            .orElseThrow());
    assertEquals(
        "night " + night + " is in baselines again, says Ada",
        store("exclude", "last", "--because", "it was not", "--undo", "--by", "Ada")
            .fine()
            .out()
            .lines()
            .findFirst()
            .orElseThrow());
    try (Stream<Path> files = Files.list(night.resolve("decisions"))) {
      assertEquals(3, files.count());
    }
    Files.move(night, folder.resolve("elsewhere"));
    assertTrue(
        store("annotate", "last", "gone", "--by", "Ada")
            .fine()
            .out()
            .endsWith(
                "kept in the store alone: the night's folder is not at hand; 'drivemark store dump'"
                    + " makes a copy\n"));
  }

  @Test
  void blankReasonsAndUnknownSubjectsAreRefused() {
    imported();
    Invocation.refused(
        List.of("drivemark exclude: exclude: a text is needed: why, in a sentence"),
        "exclude",
        "last",
        "--because",
        " ",
        "--store",
        url);
    Invocation.refused(
        List.of(
            "drivemark accept: event 'abcdef': there is none in the store, which has no events"),
        "accept",
        "abcdef",
        "--because",
        "meant",
        "--store",
        url);
    Invocation.refused(
        List.of(
            "drivemark annotate: night 'second': there is none in the store; the last ones are first"),
        "annotate",
        "second",
        "x",
        "--store",
        url);
  }

  @Test
  void pruningNeedsToKnowWhatIsKeptAndTouchesNoRunOfPeople() {
    imported();
    Invocation.refused(
        List.of("drivemark store prune: say what is kept: --pictures, --evidence or --keep"),
        "store",
        "prune",
        "--store",
        url);
    Invocation.refused(
        List.of(
            "drivemark store prune: prune: found pictures of 9, evidence of 3, nights all; each is at"
                + " least 1, and none less than the one before it: pictures go first, nights last"),
        "store",
        "prune",
        "--pictures",
        "9",
        "--evidence",
        "3",
        "--store",
        url);
    assertEquals(
        "0 paths would go, 0 nights whole\n",
        store("store", "prune", "--keep", "1", "--dry-run").fine().out());
    assertTrue(Files.exists(night.resolve("results.json")), "it is a person's");
  }
}
