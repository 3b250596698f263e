package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.judge.method.Judge;
import io.drivemark.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night that is killed and goes on ends with the verdict of one that was not, but for times. The
 * night is one in which a network is slower, so that it is confirmed; runner, store and judge are
 * real.
 */
class KilledNightTest {
  private static final int CELLS = 4;
  private static final int BEFORE = 4;
  private static final String PLAN =
      "latency: {forks: 1}\njudge: {nights: {least: 3}, confirm: {forks: 2}}\n";

  @TempDir(factory = MemoryFolder.class)
  static Path shared;

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private static World ordinary;

  private static Outcome run(World world, String plan) {
    return new Nightly(
            world.plan(plan),
            true,
            world.parts(
                StoredHistory.opener(Optional.empty(), Judge::judge),
                (night, verdict, formats) -> {
                  world.happen();
                  DurableFiles.write(night.verdict(), VerdictJson.write(verdict));
                  world.happen();
                }))
        .run();
  }

  @BeforeAll
  static void ordinaryNights() {
    ordinary = new World(shared, CELLS);
    for (int n = 0; n < BEFORE; n++) {
      ordinary.night(n);
      run(ordinary, PLAN);
    }
  }

  /** The next night is about to begin, and a network is slower. */
  private World next(String name) {
    World world = ordinary.copied(folder.resolve(name));
    world.night(BEFORE);
    world.factors.put("m03", 1.15);
    return world;
  }

  @Test
  void killedAtTenPointsItEndsWithTheSameVerdict() throws IOException {
    killedAt(10, new Random().nextLong(), PLAN);
  }

  @Test
  void killedWhileAccuracyIsTakenOverItEndsWithTheSameVerdict() throws IOException {
    killedAt(5, new Random().nextLong(), PLAN + "accuracy: {again: changed}\n");
  }

  @Test
  @Tag("slow")
  void killedAtTwoHundredPointsItEndsWithTheSameVerdict() throws IOException {
    killedAt(200, new Random().nextLong(), PLAN);
  }

  private void killedAt(int points, long seed, String plan) throws IOException {
    World undisturbed = next("whole");
    Outcome whole = run(undisturbed, plan);
    String expected = text(whole);
    assertEquals(1, whole.exitCode(FailOn.CONFIRMED), whole.verdict().sentence());
    Random random = new Random(seed);
    for (int i = 0; i < points; i++) {
      World world = next("killed" + i);
      int kills = 1 + random.nextInt(2);
      int killed = 0;
      Optional<Outcome> ended = Optional.empty();
      while (killed < kills && ended.isEmpty()) {
        world.fuse = world.happened + 1 + random.nextInt((int) undisturbed.happened);
        try {
          ended = Optional.of(run(world, plan)); // what was left took fewer steps than the fuse
        } catch (World.Killed e) {
          killed++;
        }
      }
      world.fuse = Long.MAX_VALUE;
      Outcome outcome = ended.isPresent() ? ended.get() : run(world, plan);
      String where = "seed " + seed + ", point " + i + ", killed " + killed + " times";
      assertEquals(whole.night().id(), outcome.night().id(), where);
      assertEquals(expected, text(outcome), where);
      assertEquals(whole.notes(), outcome.notes(), where);
      assertTrue(outcome.exitCode(FailOn.CONFIRMED) == 1, where);
    }
  }

  /** The verdict's file without times of day and what is counted from them. */
  private static String text(Outcome outcome) throws IOException {
    return Files.readString(outcome.night().verdict())
        .replaceAll("\"start\" : \"[^\"]*\"", "\"start\" : \"\"")
        .replaceAll("\"order\" : [0-9]+", "\"order\" : 0");
  }
}
