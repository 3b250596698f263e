package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.store.folder.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that many processes write into, and that are killed while they do. */
abstract class ManyProcessesContract {
  private static final Scenes SCENES = new Scenes(2, 2, 20);

  @TempDir Path folder;

  /** The address of an empty store. */
  abstract StoreUrl empty() throws Exception;

  @Test
  void manyThreadsAtOnceTakeEachNightInOnce() throws Exception {
    Path all = folder.resolve("nights");
    List<Path> nights = SCENES.nights(all, 6);
    StoreUrl url = empty();
    ResultStore.migrate(url, Optional.empty());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        List<Path> shuffled = new ArrayList<>(nights);
        Collections.shuffle(shuffled, new Random(i));
        work.add(() -> added(url, shuffled));
      }
      int added = 0;
      for (Future<Integer> done : threads.invokeAll(work)) {
        added += done.get();
      }
      assertEquals(6, added);
    } finally {
      threads.shutdownNow();
    }
    assertEquals(dumpOf(all, 6), dump(url));
  }

  private static int added(StoreUrl url, List<Path> nights) {
    try (ResultStore store = ResultStore.open(url, Optional.empty())) {
      return (int)
          nights.stream()
              .filter(night -> store.add(night).outcome() == Imported.Outcome.ADDED)
              .count();
    }
  }

  @Test
  @Tag("slow")
  void eightProcessesAtOnceTakeEachOf400NightsInOnce() throws Exception {
    atOnce(8, 400);
  }

  @Test
  @Tag("slow")
  void aProcessThatIsKilled100TimesLeavesNightsWhole() throws Exception {
    killed(100, 40);
  }

  /** Each process takes all nights in, in another order. */
  private void atOnce(int count, int nights) throws Exception {
    Path all = folder.resolve("nights");
    SCENES.nights(all, nights);
    StoreUrl url = empty();
    ResultStore.migrate(url, Optional.empty());
    long start = System.nanoTime();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      processes.add(Processes.importing("once", url, all, i, output(i)));
    }
    for (int i = 0; i < count; i++) {
      assertTrue(processes.get(i).waitFor(10, TimeUnit.MINUTES), "process " + i + " hangs");
      assertEquals(0, processes.get(i).exitValue(), Files.readString(output(i)));
      assertEquals("open\n", Files.readString(output(i)), "process " + i);
    }
    System.out.printf(
        "%d processes, %d nights: %.1f s%n", count, nights, (System.nanoTime() - start) / 1e9);
    assertEquals(dumpOf(all, nights), dump(url));
  }

  /** Kills a process that takes nights in anew, again and again. */
  final void killed(int times, int nights) throws Exception {
    Path all = folder.resolve("nights");
    SCENES.nights(all, nights);
    String reference = dumpOf(all, nights);
    Set<String> lines = new HashSet<>(reference.lines().toList());
    StoreUrl url = empty();
    ResultStore.migrate(url, Optional.empty());
    Random random = new Random(1);
    int before = 0;
    for (int kill = 0; kill < times; kill++) {
      Process process = Processes.importing("forever", url, all, kill, output(0));
      int done = random.nextInt(8);
      while (count(Files.readString(output(0)), "") <= done && process.isAlive()) {
        Thread.sleep(5);
      }
      long delay = random.nextInt(60);
      Thread.sleep(delay);
      assertTrue(process.isAlive(), Files.readString(output(0)));
      process.destroyForcibly().waitFor();
      String found = dump(url);
      for (String line : found.lines().toList()) {
        assertTrue(
            lines.contains(line),
            "kill " + kill + " after " + done + " nights and " + delay + " ms: " + line);
      }
      int there = count(found, "[\"run\"");
      assertEquals(2 * there, count(found, "[\"cell\""), "kill " + kill);
      assertEquals(2 * 15 * there, count(found, "[\"value\""), "kill " + kill);
      assertTrue(there >= before, "kill " + kill + ": " + there + " nights, " + before + " before");
      before = there;
    }
    System.out.printf("%d kills, %d of %d nights there%n", times, before, nights);
    assertTrue(before > 0, "no night was ever there");
    try (ResultStore store = ResultStore.open(url, Optional.empty())) {
      store.rebuild(Folders.of(List.of(all)));
    }
    assertEquals(reference, dump(url));
  }

  private Path output(int process) {
    return folder.resolve("output" + process);
  }

  private static int count(String text, String begin) {
    return (int) text.lines().filter(line -> line.startsWith(begin)).count();
  }

  /** What one process alone has of them. */
  private String dumpOf(Path all, int nights) throws IOException {
    StoreUrl alone = StoreUrl.parse("sqlite:" + folder.resolve("alone.db"));
    try (ResultStore store = ResultStore.openOrInit(alone, Optional.empty())) {
      for (int night = 0; night < nights; night++) {
        store.add(all.resolve(Scenes.name(night)));
      }
    }
    return dump(alone);
  }

  private String dump(StoreUrl url) throws IOException {
    Path file = folder.resolve("dump");
    try (ResultStore store = ResultStore.open(url, Optional.empty())) {
      store.dump(file);
    }
    return Files.readString(file);
  }
}
