package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.datasets.view.DatasetView;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameCacheTest {
  private static final int BYTES = 4 * 32 * 48;

  private final Dataset scenes = new SynthDrive(SynthOptions.of(4, 1, 32, 48, "train"));

  @Test
  void asManyFramesAsFitTheBudgetAreKept() {
    FrameCache cache = new FrameCache(scenes, 2 * BYTES + BYTES / 2);
    List<Sample> first = IntStream.range(0, 4).mapToObj(cache::load).toList();
    assertEquals(scenes.ids(), first.stream().map(Sample::id).toList());
    assertSame(first.get(0), cache.load(0));
    assertSame(first.get(1), cache.load(1));
    assertNotSame(first.get(2), cache.load(2));
    assertTrue(
        Arrays.equals(first.get(2).truth().pixels(), cache.load(2).truth().pixels()),
        "the same frame again");
    assertNotSame(first.get(0), new FrameCache(scenes, 0).load(0));
  }

  @Test
  void nothingButPhotographAndLabelsIsKept() {
    Sample kept = new FrameCache(scenes, BYTES).load(0);
    assertTrue(scenes.frame(0).sample().depth().isPresent());
    assertEquals(Optional.empty(), kept.depth());
    assertEquals(Optional.empty(), kept.instances());
  }

  @Test
  void distancesAndRightViewsAreKeptWhereTheyAreWanted() {
    Sample frame = scenes.frame(0).sample();
    FrameCache depth = new FrameCache(scenes, 2 * BYTES, Set.of(FrameCache.Part.DEPTH));
    Sample kept = depth.load(0);
    assertTrue(
        Arrays.equals(frame.depth().orElseThrow().metres(), kept.depth().orElseThrow().metres()));
    assertEquals(Optional.empty(), kept.instances());
    assertSame(kept, depth.load(0), "4 bytes a pixel more");
    depth.load(1);
    assertNotSame(depth.load(1), depth.load(1), "there is no room for two");
    assertEquals(
        "a cache without right views",
        assertThrows(IllegalStateException.class, () -> depth.right(0)).getMessage());
    FrameCache pairs = new FrameCache(scenes, 2 * BYTES, Set.of(FrameCache.Part.RIGHT));
    pairs.load(0);
    RightView right = pairs.right(0).orElseThrow();
    assertEquals(scenes.frame(0).right().orElseThrow().image(), right.image());
    assertSame(right, pairs.right(0).orElseThrow());
    assertSame(pairs.load(0), pairs.load(0));
    assertNotSame(pairs.load(1), pairs.load(1), "7 of 8 bytes a pixel are taken");
  }

  @Test
  void threadsThatAskForOneFrameTakeItsRoomOnce() {
    FrameCache cache = new FrameCache(scenes, 4 * BYTES);
    IntStream.range(0, 64).parallel().forEach(i -> cache.load(i % 4));
    for (int i = 0; i < 4; i++) {
      assertSame(cache.load(i), cache.load(i));
    }
  }

  @Test
  void damagedFramesAreSkippedWhereAnyWillDo() {
    FrameCache cache = new FrameCache(new SecondIsDamaged(scenes), 4 * BYTES);
    assertThrows(BadInputException.class, () -> cache.load(1));
    assertEquals(
        List.of(scenes.ids().get(0), scenes.ids().get(2)),
        cache.firstReadable(2).stream().map(Sample::id).toList());
    assertEquals(3, cache.firstReadable(9).size());
    List<String> readable = cache.firstReadable(9).stream().map(Sample::id).toList();
    assertEquals(readable, cache.spreadReadable(9).stream().map(Sample::id).toList());
  }

  /** A dataset whose second frame cannot be read. */
  private static final class SecondIsDamaged extends DatasetView {
    SecondIsDamaged(Dataset origin) {
      super(origin, "second-damaged", Map.of());
    }

    @Override
    public Frame frame(int index) {
      return index == 1
          ? Frame.of(
              ids().get(1),
              () -> {
                throw new BadInputException("damaged");
              })
          : origin().frame(index);
    }
  }

  @Test
  void spreadFramesAreOfTheWholeSplit() {
    Dataset dataset =
        Datasets.open(
            DatasetRequest.of("synthdrive", "val")
                .withOption("count", "10")
                .withOption("size", "16x16"));
    FrameCache cache = new FrameCache(dataset, 0);
    List<String> ids = dataset.ids();
    assertEquals(10, ids.size());
    assertEquals(
        List.of(ids.get(0), ids.get(2), ids.get(5), ids.get(7)),
        cache.spreadReadable(4).stream().map(Sample::id).toList());
  }
}
