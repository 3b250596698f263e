package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.files.DurableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that is killed and goes on ends with the verdict of one that was not. */
class KilledNightTest {
  private static final String NIGHT = "latency: {forks: 1}\njudge: {confirm: {forks: 2}}\n";

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private Outcome run(World world) {
    MarkHistory history = new MarkHistory(world::happen);
    return new Nightly(
            world.plan(NIGHT),
            true,
            world.parts(
                plan -> history,
                (night, verdict, formats) -> {
                  DurableFiles.write(night.verdict(), verdict.sentence());
                  world.happen();
                }))
        .run();
  }

  @Test
  void killedAtTenPointsItEndsWithTheSameVerdict() {
    killedAt(10, new Random().nextLong());
  }

  @Test
  @Tag("slow")
  void killedAtTwoHundredPointsItEndsWithTheSameVerdict() {
    killedAt(200, new Random().nextLong());
  }

  private void killedAt(int points, long seed) {
    World undisturbed = new World(folder.resolve("whole"), 3);
    Outcome whole = run(undisturbed);
    Random random = new Random(seed);
    for (int i = 0; i < points; i++) {
      World world = new World(folder.resolve("killed" + i), 3);
      int kills = 1 + random.nextInt(3);
      int killed = 0;
      Optional<Outcome> ended = Optional.empty();
      while (killed < kills && ended.isEmpty()) {
        world.fuse = world.happened + 1 + random.nextInt((int) undisturbed.happened);
        try {
          ended = Optional.of(run(world)); // what was left took fewer steps than the fuse
        } catch (World.Killed e) {
          killed++;
        }
      }
      world.fuse = Long.MAX_VALUE;
      Outcome outcome = ended.isPresent() ? ended.get() : run(world);
      String where = "seed " + seed + ", point " + i + ", killed " + killed + " times";
      assertEquals(whole.night().id(), outcome.night().id(), where);
      assertEquals(whole.verdict().sentence(), outcome.verdict().sentence(), where);
      assertEquals(whole.notes(), outcome.notes(), where);
      assertTrue(Files.exists(outcome.night().verdict()), where);
    }
  }
}
