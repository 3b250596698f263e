package io.drivemark.eval.runner.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.CellTrees;
import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.shard.lease.FakeClock;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards and work lists that are damaged, half there, or of other work. */
class DamagedShardsTest {
  @TempDir Path folder;

  private static ShardWorker.Result plain(Spread spread, String name) {
    return spread.worker("out", name, Spread.real(), new FakeClock(0), Spread.NOBODY).run();
  }

  private static String refused(Spread spread) {
    return assertThrows(BadInputException.class, () -> spread.merge("out")).getMessage();
  }

  /** What a copy leaves that was stopped, or a file system that shows names before contents. */
  @Test
  void halfWrittenShardsAreRefused() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    String cell = spread.share("out", 2).cells().get(0).folder();
    plain(spread, "a");
    Path shard = spread.shards("out").get(0);
    List<String> files =
        List.of(
            ShardFile.FACTS,
            ShardFile.SUM,
            ShardFile.ROWS,
            "pictures/00000-image.png",
            "pictures/00002-prediction.png");
    for (String name : files) {
      Path file = shard.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      for (int cut : List.of(0, bytes.length / 2, -1)) {
        if (cut < 0) {
          Files.delete(file);
        } else {
          Files.write(file, Arrays.copyOf(bytes, cut));
        }
        String where = name + " cut at " + cut;
        String found = refused(spread);
        assertTrue(
            found.startsWith(shard + ": this shard is not what its name says: "),
            () -> where + ": " + found);
        assertTrue(
            found.endsWith("; remove the folder, and a worker measures its frames again"),
            () -> where + ": " + found);
        assertFalse(Files.exists(spread.out("out").resolve("cells").resolve(cell)), where);
      }
      Files.write(file, bytes);
    }
    Files.writeString(shard.resolve(ShardFile.SUM), "");
    assertEquals(
        shard
            + ": this shard is not what its name says: facts.json or facts.sum is missing, half"
            + " written or was changed; remove the folder, and a worker measures its frames again",
        refused(spread));
    ShardWorker.Result next = plain(spread, "b");
    assertEquals(
        0, next.finished() + next.failures().size(), "it is there, for the merge to judge");
    Spread.delete(shard);
    assertEquals(1, plain(spread, "c").finished());
    spread.merge("out");
    assertEquals(spread.alone(), CellTrees.of(spread.out("out")));
  }

  /** Facts as another program, or the same with other data, would have written them. */
  @Test
  void shardsOfOtherWorkAreRefused() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain", "biased"));
    WorkList list = spread.share("out", 2);
    plain(spread, "a");
    Path shard = spread.shards("out").get(0);
    String again = "; remove the folder, and a worker measures its frames again";
    Path facts = shard.resolve(ShardFile.FACTS);
    String text = Files.readString(facts);
    String key = list.cells().get(0).key();
    String other = "0".repeat(key.length());
    facts(shard, text.replace(key, other));
    assertEquals(
        shard
            + ": this shard is of other work: what its frames depend on has the digest "
            + other
            + ", in the work list "
            + key
            + again,
        refused(spread));
    facts(shard, text.replace(list.program(), "0123456789abcdef"));
    assertEquals(
        shard
            + ": another Drivemark measured this shard (its parts that measure have the digest"
            + " 0123456789abcdef, those of the work list "
            + list.program()
            + "), and what two programs count is not put together"
            + again,
        refused(spread));
    facts(shard, text);
    Path stranger = spread.shards("out").get(2);
    Path copy = shard.resolveSibling(stranger.getFileName());
    Spread.copy(stranger, copy);
    assertEquals(
        copy
            + ": this shard is not what its name says: it is of cell "
            + list.cells().get(1).folder()
            + again,
        refused(spread));
    Spread.delete(copy);
    spread.merge("out");
    assertEquals(spread.alone(), CellTrees.of(spread.out("out")));
  }

  private static void facts(Path shard, String text) throws IOException {
    Files.writeString(shard.resolve(ShardFile.FACTS), text);
    Files.writeString(shard.resolve(ShardFile.SUM), Digests.of(text) + "\n");
  }

  /** The canary is in the digest: one that was changed is found before any is compared. */
  @Test
  void aCanaryThatWasChangedIsRefused() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 2);
    plain(spread, "a");
    Path shard = spread.shards("out").get(0);
    String canary = ShardFile.facts(shard).canary();
    String text = Files.readString(shard.resolve(ShardFile.FACTS));
    facts(shard, text.replace(canary, "0123456789abcdef"));
    assertTrue(
        refused(spread)
            .startsWith(
                shard
                    + ": this shard is not what its name says: its frames are 1 to 3, and rows,"
                    + " canary, notes and evidence have the digest "),
        refused(spread));
  }

  @Test
  void aDamagedWorkListIsRefused() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 2);
    Path file = spread.out("out").resolve("shards/work.json");
    String text = Files.readString(file);
    for (String key : List.of("program", "study", "cells", "frames", "ranges", "left")) {
      Files.writeString(file, text.replaceFirst("\"" + key + "\"", "\"other\""));
      String found = refused(spread);
      assertTrue(found.startsWith(file + ": damaged: "), found);
      assertTrue(found.contains(key), found);
    }
    Files.writeString(file, text.substring(0, text.length() / 2));
    String half = refused(spread);
    assertTrue(half.startsWith(file + ": line "), half);
    assertTrue(half.contains(": no valid JSON: "), half);
  }

  @Test
  void anotherProgramIsRefused() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    WorkList list = spread.share("out", 3);
    Path file = spread.out("out").resolve("shards/work.json");
    Files.writeString(file, Files.readString(file).replace(list.program(), "0123456789abcdef"));
    String refusal =
        file
            + ": another Drivemark wrote it (its parts that measure have the digest"
            + " 0123456789abcdef, here they have "
            + list.program()
            + "), and what two programs count is not put together; install one version on all"
            + " machines";
    assertEquals(refusal, refused(spread));
    assertEquals(
        refusal,
        assertThrows(
                BadInputException.class,
                () ->
                    ShardedRun.work(
                        spread.out("out"),
                        Optional.empty(),
                        "b",
                        Optional.empty(),
                        false,
                        Progress.NONE))
            .getMessage());
  }

  @Test
  void aShardThatWasChangedIsRefused() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 3);
    plain(spread, "a");
    Path shard = spread.shards("out").get(1);
    Path rows = shard.resolve("rows.jsonl");
    String text = Files.readString(rows);
    Files.writeString(rows, text.replaceFirst("\"use\":\\[240,", "\"use\":[241,"));
    assertNotEquals(text, Files.readString(rows));
    BadInputException e = assertThrows(BadInputException.class, () -> spread.merge("out"));
    assertTrue(
        e.getMessage()
            .startsWith(
                shard
                    + ": this shard is not what its name says: its frames are 3 to 4, and rows,"
                    + " canary, notes and evidence have the digest "),
        e.getMessage());
  }
}
