package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.files.NaturalOrder;
import java.util.HashSet;
import java.util.List;
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
  void sampleAndItsPartsAgree() {
    Dataset dataset = open();
    for (int i = 0; i < dataset.ids().size(); i++) {
      Sample sample = dataset.load(i);
      assertEquals(dataset.ids().get(i), sample.id());
      assertEquals(dataset.labels(), sample.truth().space());
      assertEquals(sample.truth(), dataset.loadTruth(i));
      assertEquals(sample.instances().isPresent(), dataset.loadInstances(i).isPresent());
      if (sample.instances().isPresent()) {
        assertArrayEquals(
            sample.instances().get().ids(), dataset.loadInstances(i).orElseThrow().ids());
        assertArrayEquals(
            sample.instances().get().ids(),
            dataset.loadInstances(i, sample.truth()).orElseThrow().ids());
      }
    }
  }

  @Test
  void openingAndLoadingTwiceGivesTheSame() {
    Dataset one = open();
    Dataset two = open();
    assertEquals(one.ids(), two.ids());
    assertEquals(one.digest(), two.digest());
    int last = one.ids().size() - 1;
    two.load(0);
    assertEquals(one.load(last).image(), two.load(last).image());
    assertEquals(one.load(last).truth(), one.load(last).truth());
  }

  @Test
  void samplesLoadFromSeveralThreads() {
    Dataset dataset = open();
    List<LabelMap> expected =
        IntStream.range(0, dataset.ids().size()).mapToObj(dataset::loadTruth).toList();
    List<LabelMap> found =
        IntStream.range(0, 8 * expected.size())
            .parallel()
            .mapToObj(i -> dataset.load(i % expected.size()).truth())
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
    for (String name : dataset.meanInstancePixels().keySet()) {
      assertTrue(dataset.labels().indexOf(name).isPresent(), name);
    }
  }

  @Test
  void noSampleBeyondTheEnd() {
    Dataset dataset = open();
    assertThrows(IndexOutOfBoundsException.class, () -> dataset.load(dataset.ids().size()));
    assertThrows(IndexOutOfBoundsException.class, () -> dataset.load(-1));
  }
}
