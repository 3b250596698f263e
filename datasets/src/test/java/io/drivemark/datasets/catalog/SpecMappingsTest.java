package io.drivemark.datasets.catalog;

import static io.drivemark.datasets.catalog.Spec.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelSpace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Shipped mappings against the correspondences that they follow. */
class SpecMappingsTest {

  /** The correspondence that the shipped mapping names; only riders are joined beyond it. */
  @Test
  void mapillaryOntoCityscapesFollowsMseg() throws IOException {
    Map<String, String> readable = new TreeMap<>();
    for (List<String> row : table("### v1.2 label list", "id")) {
      readable.put(row.get(2), row.get(1));
    }
    LabelSpace from = LabelSpaces.named("mapillary-v1.2");
    LabelSpace to = LabelSpaces.named("cityscapes-19");
    Map<String, String> expected = new TreeMap<>();
    for (List<String> row : table("### MSeg correspondence", "universal")) {
      String target = row.get(1);
      for (String name : row.get(7).replaceAll("[{}]", "").split(", ")) {
        if (!name.isEmpty() && !target.isEmpty()) {
          expected.put(readable.get(name), target);
        }
      }
    }
    assertEquals(35, expected.size());
    for (String label : from.classNames()) {
      int index =
          Mappings.load("mapillary-v1.2-to-cityscapes-19").of(from.indexOf(label).getAsInt());
      String found = index == LabelSpace.VOID ? null : to.classes().get(index).name();
      if (label.startsWith("human--rider")) {
        assertEquals("rider", found, label);
      } else {
        assertEquals(expected.get(label), found, label);
      }
    }
  }

  /** A class of level 3 goes where the labels in it go by their Cityscapes trainIds. */
  @Test
  void iddOntoCityscapesFollowsItsOwnTrainIds() throws IOException {
    Map<Integer, Set<Integer>> trainIds = new TreeMap<>();
    for (List<String> row : table("## 7. IDD", "name")) {
      if (!row.get(5).equals("255")) {
        trainIds
            .computeIfAbsent(Integer.valueOf(row.get(5)), k -> new TreeSet<>())
            .add(Integer.valueOf(row.get(3)));
      }
    }
    for (int c = 0; c < 26; c++) {
      int found = Mappings.load("idd-level3-to-cityscapes-19").of(c);
      Set<Integer> possible = trainIds.get(c);
      assertTrue(possible.contains(found == LabelSpace.VOID ? 255 : found), c + " " + possible);
      if (possible.size() == 1) {
        assertEquals(possible, Set.of(found), "class " + c);
      }
    }
  }
}
