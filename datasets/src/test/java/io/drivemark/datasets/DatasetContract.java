package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.files.NaturalOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every dataset keeps; a new one gets these tests by one subclass. */
public abstract class DatasetContract {
  /** Opens the dataset under test anew, with at least one sample; cheap. */
  protected abstract Dataset open();

  @Test
  void idsAreSortedUniqueAndFitForFileNames() {
    List<String> ids = open().ids();
    assertFalse(ids.isEmpty());
    assertEquals(NaturalOrder.sorted(ids), ids);
    assertEquals(ids.size(), new HashSet<>(ids).size());
    for (String id : ids) {
      assertTrue(id.matches("[A-Za-z0-9._-]+"), id);
    }
  }

  @Test
  void aFrameReadsItsPartsAsTheWhole() {
    Dataset dataset = open();
    PixelArrays arrays = new PixelArrays();
    for (int i = 0; i < dataset.ids().size(); i++) {
      arrays.next();
      Frame frame = dataset.frame(i);
      Sample sample = frame.sample();
      assertEquals(dataset.ids().get(i), frame.id());
      assertEquals(dataset.labels(), sample.truth().space());
      assertEquals(sample.image(), frame.image());
      assertEquals(sample.truth(), frame.truth());
      LabelMap truth = frame.truth(arrays);
      assertEquals(sample.truth(), truth);
      assertEquals(sample.depth().isPresent(), frame.depth().isPresent());
      if (frame.depth().isPresent()) {
        assertArrayEquals(sample.depth().get().metres(), frame.depth().orElseThrow().metres());
      }
      assertEquals(sample.instances().isPresent(), frame.objects().isPresent());
      assertEquals(sample.instances().isPresent(), frame.objects(truth, arrays).isPresent());
      if (frame.objects().isPresent()) {
        int[] objects = sample.instances().get().ids();
        assertArrayEquals(objects, frame.objects().orElseThrow().ids());
        assertArrayEquals(objects, frame.objects(truth, arrays).orElseThrow().ids());
      }
      assertEquals(sample.sequence(), frame.sequence());
      assertEquals(Optional.ofNullable(frame.attributes().get(Frame.SEQUENCE)), frame.sequence());
      assertEquals(sample.seconds(), frame.seconds());
      assertTrue(
          sample.attributes().entrySet().containsAll(frame.attributes().entrySet()),
          sample.attributes() + " lacks some of " + frame.attributes());
      assertTrue(dataset.facts().hasConfidence() || frame.confidence(truth).isEmpty());
    }
  }

  @Test
  void tasksAreThoseItHasTruthFor() {
    Dataset dataset = open();
    boolean depth =
        IntStream.range(0, dataset.ids().size())
            .anyMatch(i -> dataset.frame(i).depth().isPresent());
    assertEquals(depth, dataset.tasks().contains(Task.DEPTH));
    assertEquals(dataset.labelled(), dataset.tasks().contains(Task.SEGMENTATION));
  }

  @Test
  void openingAndLoadingTwiceGivesTheSame() {
    Dataset one = open();
    Dataset two = open();
    assertEquals(one.ids(), two.ids());
    assertEquals(one.digest(), two.digest());
    int last = one.ids().size() - 1;
    two.frame(0).sample();
    assertEquals(one.frame(last).image(), two.frame(last).image());
    assertEquals(one.frame(last).sample().truth(), two.frame(last).truth());
  }

  @Test
  void samplesLoadFromSeveralThreads() {
    Dataset dataset = open();
    List<LabelMap> expected =
        IntStream.range(0, dataset.ids().size()).mapToObj(i -> dataset.frame(i).truth()).toList();
    List<LabelMap> found =
        IntStream.range(0, 8 * expected.size())
            .parallel()
            .mapToObj(i -> dataset.frame(i % expected.size()).sample().truth())
            .toList();
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i % expected.size()), found.get(i));
    }
  }

  @Test
  void codingStandsForTheDatasetsOwnClasses() {
    Dataset dataset = open();
    assertEquals(dataset.labels(), dataset.coding().space());
    for (int i = 0; i < dataset.labels().size(); i++) {
      assertTrue(dataset.coding().rawToIndex().containsValue(i), "no stored value for " + i);
    }
    for (String name : dataset.facts().meanInstancePixels().keySet()) {
      assertTrue(dataset.labels().indexOf(name).isPresent(), name);
    }
  }

  @Test
  void noSampleBeyondTheEnd() {
    Dataset dataset = open();
    assertThrows(IndexOutOfBoundsException.class, () -> dataset.frame(dataset.ids().size()));
    assertThrows(IndexOutOfBoundsException.class, () -> dataset.frame(-1));
  }
}
