package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a year takes: 40 cells of 19 classes a night. Limits are those of the slow test. */
abstract class YearContract {
  private static final Set<String> SHOWN = Set.of("latencyMs", "latencyP95Ms", "miou", "absRel");

  @TempDir Path folder;

  abstract StoreUrl empty() throws Exception;

  /** What was measured. */
  private record Figures(double slowestSeconds, double medianSeconds, double pageMs, double mb) {}

  /** A few nights: that it works. */
  final void few() throws Exception {
    Figures found = year(10, 2);
    assertTrue(found.mb() < 5, found.toString());
  }

  @Test
  @Tag("slow")
  void aYearIsTakenInInLessThanASecondANightAndShownInLessThan300Ms() throws Exception {
    Figures found = year(40, 365);
    System.out.println(getClass().getSimpleName() + ": " + found);
    assertTrue(found.medianSeconds() < 1, found.toString());
    assertTrue(found.pageMs() < 300, found.toString());
    assertTrue(found.mb() < 80, found.toString());
  }

  private Figures year(int cells, int nights) throws Exception {
    Scenes scenes = new Scenes(cells, 19, 50);
    double[] seconds = new double[nights];
    try (ResultStore store = ResultStore.openOrInit(empty(), Optional.empty())) {
      for (int night = 0; night < nights; night++) {
        Path path = scenes.night(folder.resolve(Scenes.name(night)), night);
        long start = System.nanoTime();
        store.add(path);
        seconds[night] = (System.nanoTime() - start) / 1e9;
        delete(path);
      }
      double[] pages = new double[5];
      for (int i = 0; i < pages.length; i++) {
        long start = System.nanoTime();
        HistoryView view = store.view(SHOWN);
        pages[i] = (System.nanoTime() - start) / 1e6;
        assertEquals(nights, view.nights().size());
        assertEquals(
            Collections.nCopies(3, (long) cells),
            List.of("latencyMs", "latencyP95Ms", "miou").stream()
                .map(m -> view.lines().stream().filter(l -> l.metric().equals(m)).count())
                .toList());
        assertTrue(view.lines().stream().allMatch(l -> l.points().size() == nights));
      }
      Arrays.sort(seconds);
      Arrays.sort(pages);
      return new Figures(
          seconds[nights - 1],
          seconds[nights / 2],
          pages[pages.length / 2],
          store.bytes() / 1024.0 / 1024.0);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
