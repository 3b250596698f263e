package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.view.GaussianNoise;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset and views of it, measured into one folder: none takes the other's result. */
class DatasetViewRunTest {
  @TempDir Path folder;

  @Test
  void everyViewIsMeasuredForItself() {
    Study study = Yard.study(Yard.write(folder.resolve("data")), List.of("plain"));
    Entry plain = run(study, dataset -> dataset, Yard.RUNS);
    Entry noisy = run(study, dataset -> new GaussianNoise(dataset, 60, 1), Yard.RUNS);
    Entry noisier = run(study, dataset -> new GaussianNoise(dataset, 120, 1), Yard.RUNS);
    assertEquals("yard+gaussian-noise(seed=1,sigma=60.0)", noisy.dataset().name());
    assertNotEquals(plain.dataset().digest(), noisy.dataset().digest());
    assertNotEquals(noisy.dataset().digest(), noisier.dataset().digest());
    assertEquals(pixels(plain), pixels(noisy), "the truth is the same");
    double clear = plain.accuracy().orElseThrow().miou().orElseThrow();
    double grainy = noisy.accuracy().orElseThrow().miou().orElseThrow();
    double grainier = noisier.accuracy().orElseThrow().miou().orElseThrow();
    assertEquals(1, Double.compare(clear, grainy), clear + " and " + grainy);
    assertEquals(1, Double.compare(grainy, grainier), grainy + " and " + grainier);
    // each is found again
    assertEquals(plain, run(study, dataset -> dataset, 0));
    assertEquals(noisy, run(study, dataset -> new GaussianNoise(dataset, 60, 1), 0));
  }

  private Entry run(Study study, Function<Dataset, Dataset> view, int inferences) {
    Yard.Watched engine = new Yard.Watched(i -> {});
    Function<DatasetRequest, Dataset> open = request -> view.apply(Datasets.open(request));
    Sources sources = new Sources(open, Yard.sources().models(), name -> engine, NanoClock.SYSTEM);
    Entry entry =
        new Runner(study, folder.resolve("out"), Progress.NONE, sources).run().entries().get(0);
    assertEquals(inferences, engine.inferences.get());
    return entry;
  }

  /** How many pixels of each true class were judged. */
  private static List<Long> pixels(Entry entry) {
    return entry.accuracy().orElseThrow().confusion().stream()
        .map(row -> row.stream().mapToLong(Long::longValue).sum())
        .toList();
  }
}
