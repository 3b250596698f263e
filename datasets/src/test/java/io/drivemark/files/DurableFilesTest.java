package io.drivemark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.UnavailableException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  private static final String OLD = "the old contents\n";
  private static final String NEW = "the new contents, which are longer\n".repeat(5000);

  @TempDir Path folder;

  /** Stands for the program being killed. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The real disk, stopped at a step, which keeps beside it what would be there after the loss of
   * power: contents that were not forced are lost, names that were not forced may be.
   */
  private static final class Fragile implements Disk {
    final List<String> steps = new ArrayList<>();
    final Map<Path, String> forcedContents = new HashMap<>();
    final Map<Path, Set<String>> possible = new HashMap<>(); // by name, after the loss of power
    private final int stopAt;
    private final boolean kill;

    Fragile(int stopAt, boolean kill) {
      this.stopAt = stopAt;
      this.kill = kill;
    }

    private void step(String name) throws IOException {
      if (steps.size() == stopAt) {
        if (kill) {
          throw new Killed();
        }
        throw new IOException("No space left on device");
      }
      steps.add(name);
    }

    @Override
    public OutputStream create(Path file) throws IOException {
      step("create");
      return new FilterOutputStream(REAL.create(file)) {
        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
          out.write(bytes, from, count / 2); // half of it is there when the next step stops
          step("write");
          out.write(bytes, from + count / 2, count - count / 2);
        }
      };
    }

    @Override
    public OutputStream append(Path file) throws IOException {
      throw new IOException("not part of these tests");
    }

    @Override
    public void force(Path path) throws IOException {
      step("force " + (Files.isDirectory(path) ? "folder" : "file"));
      if (Files.isDirectory(path)) {
        possible.replaceAll((name, any) -> Set.of(forcedContents.getOrDefault(name, "lost")));
      } else {
        forcedContents.put(path, Files.readString(path));
      }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      step("move");
      Set<String> either = new TreeSet<>();
      either.add(Files.exists(to) && Files.isRegularFile(to) ? Files.readString(to) : "absent");
      String contents = forcedContents.getOrDefault(from, "lost");
      either.add(contents);
      forcedContents.put(to, contents);
      possible.put(to, either);
      REAL.move(from, to);
    }
  }

  private static void write(Fragile disk, Path file) {
    byte[] bytes = NEW.getBytes(StandardCharsets.UTF_8);
    new DurableFiles(disk).replace(file, true, out -> out.write(bytes));
  }

  @Test
  void contentsAreForcedBeforeTheyGetTheirNameAndTheNameAfter() {
    Fragile disk = new Fragile(Integer.MAX_VALUE, false);
    Path file = folder.resolve("file");
    write(disk, file);
    assertEquals(List.of("create", "write", "force file", "move", "force folder"), disk.steps);
    assertEquals(Set.of(NEW), disk.possible.get(file));
  }

  @Test
  void whereverItStopsTheFileIsTheOldOneOrTheNewOneWhole() throws IOException {
    for (boolean kill : new boolean[] {false, true}) {
      for (int step = 0; step < 5; step++) {
        Path file = folder.resolve("file");
        Files.writeString(file, OLD);
        Fragile disk = new Fragile(step, kill);
        if (kill) {
          assertThrows(Killed.class, () -> write(disk, file));
        } else {
          UnavailableException e =
              assertThrows(UnavailableException.class, () -> write(disk, file));
          assertEquals(file + ": cannot be written: No space left on device", e.getMessage());
        }
        String found = Files.readString(file);
        assertEquals(step < 4 ? OLD : NEW, found, "stopped at step " + step);
        Set<String> afterPowerLoss = disk.possible.getOrDefault(file, Set.of(OLD));
        assertTrue(Set.of(OLD, NEW).containsAll(afterPowerLoss), "step " + step);
        assertEquals(List.of("file"), names(), "nothing is left behind");
      }
    }
  }

  @Test
  void aFailureOfTheBodyLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, OLD);
    assertThrows(
        IllegalStateException.class,
        () ->
            DurableFiles.write(
                file,
                out -> {
                  out.write(1);
                  throw new IllegalStateException("a bug");
                }));
    assertEquals(OLD, Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void aFolderIsPublishedWithAllItsFilesForced() throws IOException {
    Path part = Files.createDirectories(folder.resolve(".part-cell/evidence")).getParent();
    Files.writeString(part.resolve("record.json"), "{}");
    Files.writeString(part.resolve("evidence/confusion.csv"), "1");
    Fragile disk = new Fragile(Integer.MAX_VALUE, false);
    new DurableFiles(disk).rename(part, folder.resolve("cell"));
    assertEquals(6, disk.steps.size());
    assertEquals(Set.of("force file", "force folder"), new TreeSet<>(disk.steps.subList(0, 4)));
    assertEquals(List.of("move", "force folder"), disk.steps.subList(4, 6));
    assertEquals("1", Files.readString(folder.resolve("cell/evidence/confusion.csv")));
    for (int step = 0; step < 5; step++) {
      Path again = Files.createDirectories(folder.resolve("again"));
      Files.writeString(again.resolve("record.json"), "{}");
      Path name = folder.resolve("name" + step);
      int stop = step;
      assertThrows(
          UnavailableException.class,
          () -> new DurableFiles(new Fragile(Math.min(stop, 3), false)).rename(again, name));
      assertEquals(step >= 3, Files.exists(name), "step " + step);
    }
  }

  @Test
  void quickWritesDoNotWaitForTheDisk() throws IOException {
    Fragile disk = new Fragile(Integer.MAX_VALUE, false);
    new DurableFiles(disk).replace(folder.resolve("file"), false, out -> out.write(new byte[3]));
    assertEquals(List.of("create", "write", "move"), disk.steps);
    Path deep = folder.resolve("a/b/file");
    DurableFiles.writeQuickly(deep, new byte[3]);
    assertEquals(3, Files.size(deep));
  }

  @Test
  void foldersAreMadeAndTheirNamesForced() throws IOException {
    Fragile disk = new Fragile(Integer.MAX_VALUE, false);
    write(disk, folder.resolve("a/b/file"));
    assertEquals(
        List.of(
            "force folder",
            "force folder",
            "create",
            "write",
            "force file",
            "move",
            "force folder"),
        disk.steps);
    assertEquals(NEW, Files.readString(folder.resolve("a/b/file")));
  }

  @Test
  void partsOfKilledProgramsAreRemovedAfterAnHour() throws IOException {
    long dead = 1L << 40; // no process has this number
    long alive = ProcessHandle.current().pid();
    for (String name : List.of(".file." + dead + "-1.part", ".file." + alive + "-99999.part")) {
      FileTime longAgo = FileTime.fromMillis(System.currentTimeMillis() - 7_200_000);
      Files.setLastModifiedTime(Files.writeString(folder.resolve(name), "half"), longAgo);
    }
    Files.writeString(folder.resolve(".file." + dead + "-2.part"), "just now, maybe elsewhere");
    DurableFiles.write(folder.resolve("file"), NEW);
    assertEquals(
        List.of(".file." + dead + "-2.part", ".file." + alive + "-99999.part", "file"),
        names().stream().sorted((a, b) -> a.contains("-2.") ? -1 : a.compareTo(b)).toList());
  }

  @Test
  void textsAreAddedAtTheEnd() throws IOException {
    Path file = folder.resolve("lines");
    DurableFiles.append(file, "one\n");
    DurableFiles.append(file, "two\n");
    assertEquals("one\ntwo\n", Files.readString(file));
  }

  @Test
  void whoHoldsTheLockIsAlone() throws InterruptedException {
    Path file = folder.resolve("table");
    int[] inside = new int[1];
    int[] most = new int[1];
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 20; i++) {
                  FileLocks.holding(
                      file,
                      () -> {
                        most[0] = Math.max(most[0], ++inside[0]);
                        Thread.yield();
                        inside[0]--;
                      });
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, most[0]);
    assertFalse(Files.exists(file));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
