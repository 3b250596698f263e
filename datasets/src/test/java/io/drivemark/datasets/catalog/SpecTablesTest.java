package io.drivemark.datasets.catalog;

import static io.drivemark.datasets.catalog.Spec.lines;
import static io.drivemark.datasets.catalog.Spec.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.coding.Colors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Class counts, stored values and colours against the tables taken from the official tools. */
class SpecTablesTest {
  @ParameterizedTest
  @CsvSource({
    "a2d2, 38, 55, 0",
    "acdc, 19, 19, 15",
    "bdd100k, 19, 19, 1",
    "camvid, 11, 11, 1",
    "camvid-exact, 11, 11, 21",
    "camvid-merged, 11, 31, 1",
    "cityscapes, 19, 19, 15",
    "cityscapes-coarse, 19, 19, 15",
    "cityscapes-coarse-train-ids, 19, 19, 1",
    "cityscapes-polygons, 19, 19, 1",
    "cityscapes-train-ids, 19, 19, 1",
    "comma10k, 5, 5, 0",
    "gta5, 19, 19, 16",
    "idd, 26, 26, 1",
    "idd-level1, 7, 7, 1",
    "idd-level2, 16, 16, 1",
    "idd-lite, 7, 7, 1",
    "kitti, 19, 19, 15",
    "kitti-360, 19, 22, 23",
    "kitti-depth, 1, 65535, 1",
    "kitti-depth-eigen, 1, 65535, 1",
    "mapillary-v1.2, 65, 65, 1",
    "mapillary-v2.0, 116, 116, 8",
    "vkitti2, 14, 14, 1",
    "wilddash2, 30, 30, 9"
  })
  void classesAndStoredValuesAreAsManyAsPublished(String name, int classes, int values, int voids) {
    LabelCoding coding = Datasets.format(name).coding();
    assertEquals(classes, coding.space().size());
    assertEquals(values, coding.rawToIndex().size());
    assertEquals(voids, coding.voidValues().size());
    assertEquals(classes, coding.rawToIndex().values().stream().distinct().count());
  }

  @ParameterizedTest
  @CsvSource({
    "cityscapes, '## 1. Cityscapes', 1, 2, 7",
    "kitti, '## 1. Cityscapes', 1, 2, 7",
    "acdc, '## 1. Cityscapes', 1, 2, 7",
    "cityscapes-coarse, '## 1. Cityscapes', 1, 2, 7",
    "kitti-360, '## 4. KITTI-360', 1, 3, 8"
  })
  void idsHaveTheTrainIdsOfTheTable(String name, String section, int id, int trainId, int color)
      throws IOException {
    LabelCoding coding = Datasets.format(name).coding();
    LabelSpace space = coding.space();
    int rows = 0;
    for (List<String> row : table(section, "name")) {
      int raw = Integer.parseInt(row.get(id));
      if (raw < 0) {
        continue; // License plates are never painted.
      }
      rows++;
      int train = Integer.parseInt(row.get(trainId));
      assertEquals(train == 255, coding.voidValues().contains(raw), row.get(0));
      assertEquals(train == 255 ? null : train, coding.rawToIndex().get(raw), row.get(0));
      if (train != 255 && row.get(0).equals(space.classes().get(train).name())) {
        assertEquals(Colors.parse(row.get(color)).getAsInt(), space.classes().get(train).color());
      }
    }
    assertEquals(rows, coding.rawToIndex().size() + coding.voidValues().size());
  }

  @Test
  void cityscapesClassesHaveTheCategoriesAndObjectsOfTheTable() throws IOException {
    LabelSpace space = Datasets.format("cityscapes").labels();
    int found = 0;
    for (List<String> row : table("## 1. Cityscapes", "name")) {
      int train = Integer.parseInt(row.get(2));
      if (train >= 0 && train != 255) {
        LabelClass c = space.classes().get(train);
        assertEquals(row.get(0), c.name());
        assertEquals(row.get(3), c.category(), c.name());
        assertEquals(row.get(5).equals("yes"), c.instances(), c.name());
        assertEquals(Colors.parse(row.get(7)).getAsInt(), c.color(), c.name());
        found++;
      }
    }
    assertEquals(19, found);
  }

  @Test
  void kittiSplitsItsFramesAsMsegDoes() throws IOException {
    String line =
        lines("## 3. KITTI").stream()
            .filter(l -> l.contains("mseg's split"))
            .findFirst()
            .orElseThrow();
    Set<String> published = new TreeSet<>();
    Matcher number = Pattern.compile("\\b(\\d{6})\\b").matcher(line);
    while (number.find()) {
      published.add(number.group(1) + "_10");
    }
    assertEquals(50, published.size());
    Map<String, List<Layout.Member>> members = Datasets.format("kitti").layouts().get(0).members();
    for (int frame = 0; frame < 200; frame++) {
      String id = String.format("%06d_10", frame);
      boolean val = members.get("val").stream().anyMatch(m -> m.contains(id));
      boolean train = members.get("train").stream().anyMatch(m -> m.contains(id));
      assertEquals(published.contains(id), val, id);
      assertEquals(!published.contains(id), train, id);
    }
  }

  /** Section 13 and the sections of each dataset. */
  @ParameterizedTest
  @CsvSource({
    "cityscapes, 2975/500",
    "bdd100k, 7000/1000",
    "mapillary-v1.2, 18000/2000",
    "mapillary-v2.0, 18000/2000",
    "idd, 6993/981",
    "camvid-exact, 367/101/233",
    "camvid, 367/101/233"
  })
  void splitsAreAsLargeAsPublished(String name, String start) throws IOException {
    Map<String, Integer> frames = Datasets.format(name).frames();
    String[] sizes = start.split("/");
    String[] splits = {"train", "val", "test"};
    for (int i = 0; i < sizes.length; i++) {
      assertEquals(Integer.valueOf(sizes[i]), frames.get(splits[i]), name);
    }
    assertTrue(
        table("## 13. Cross-dataset", "dataset").stream()
            .anyMatch(row -> row.get(6).startsWith(start)),
        start);
  }

  @Test
  void bdd100kHasTheClassesOfCityscapesInTheSameOrder() throws IOException {
    LabelSpace space = Datasets.format("bdd100k").labels();
    int found = 0;
    for (List<String> row : table("## 5. BDD100K", "name")) {
      int train = Integer.parseInt(row.get(2));
      if (train != 255) {
        LabelClass c = space.classes().get(train);
        assertEquals(row.get(0), c.name());
        assertEquals(Colors.parse(row.get(7)).getAsInt(), c.color());
        assertEquals(row.get(3), c.category());
        assertEquals(row.get(5).equals("yes"), c.instances(), c.name());
        found++;
      }
    }
    assertEquals(19, found);
  }

  @ParameterizedTest
  @CsvSource({
    "mapillary-v1.2, '### v1.2 label list', 1",
    "mapillary-v2.0, '### v2.0 label list', 1",
    "wilddash2, '## 9. WildDash 2', 1"
  })
  void evaluatedLabelsAreTheClasses(String name, String section, int nameColumn)
      throws IOException {
    LabelCoding coding = Datasets.format(name).coding();
    List<String> evaluated = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (List<String> row : table(section, "id")) {
      int raw = Integer.parseInt(row.get(0));
      if (row.get(4).equals("yes")) {
        LabelClass c = coding.space().classes().get(evaluated.size());
        assertEquals(row.get(nameColumn), c.name());
        assertEquals(Colors.parse(row.get(5)).getAsInt(), c.color(), c.name());
        assertEquals(row.get(3).equals("yes"), c.instances(), c.name());
        assertEquals(evaluated.size(), coding.rawToIndex().get(raw), c.name());
        evaluated.add(c.name());
      } else {
        assertEquals(true, coding.voidValues().contains(raw), row.get(nameColumn));
        others.add(row.get(nameColumn));
      }
    }
    assertEquals(coding.space().classNames(), evaluated);
    if (name.startsWith("mapillary")) {
      assertEquals(others, Datasets.format(name).facts().unscoredClasses());
    }
  }

  @Test
  void mapillaryObjectSizesAreThePublishedOnes() throws IOException {
    Map<String, Double> sizes = new TreeMap<>();
    String line = lines("### Average instance size constants").get(1);
    for (String item : line.substring(0, line.length() - 1).split("; ")) {
      int space = item.lastIndexOf(' ');
      sizes.put(item.substring(0, space), Double.valueOf(item.substring(space + 1)));
    }
    assertEquals(
        sizes, new TreeMap<>(Datasets.format("mapillary-v1.2").facts().meanInstancePixels()));
  }

  @Test
  void cityscapesObjectSizesAreThePublishedOnes() throws IOException {
    String line =
        lines("## 1. Cityscapes").stream()
            .filter(l -> l.startsWith("**Average instance sizes"))
            .findFirst()
            .orElseThrow();
    Map<String, Double> sizes = Datasets.format("cityscapes").facts().meanInstancePixels();
    assertEquals(8, sizes.size());
    sizes.forEach(
        (name, size) -> assertEquals(true, line.contains(name + " " + size), name + " " + size));
  }

  @Test
  void iddLevelsAreThoseOfItsTable() throws IOException {
    LabelSpace level3 = LabelSpaces.named("idd-level3");
    LabelSpace level1 = LabelSpaces.named("idd-level1");
    Map<Integer, Set<Integer>> level2Of = new TreeMap<>();
    Map<Integer, Set<Integer>> level1Of = new TreeMap<>();
    Map<Integer, Set<String>> names = new TreeMap<>();
    Map<String, Integer> colors = new TreeMap<>();
    for (List<String> row : table("## 7. IDD", "name")) {
      int l3 = Integer.parseInt(row.get(5));
      if (l3 != 255) {
        level2Of.computeIfAbsent(l3, k -> new LinkedHashSet<>()).add(Integer.valueOf(row.get(6)));
        level1Of.computeIfAbsent(l3, k -> new LinkedHashSet<>()).add(Integer.valueOf(row.get(7)));
        names.computeIfAbsent(l3, k -> new LinkedHashSet<>()).add(row.get(0));
        colors.put(row.get(0), Colors.parse(row.get(11)).getAsInt());
      }
    }
    assertEquals(26, names.size());
    assertEquals(7, level1.size());
    for (int i = 0; i < 26; i++) {
      LabelClass c = level3.classes().get(i);
      assertEquals(true, names.get(i).contains(c.name()), i + " " + c.name());
      assertEquals(colors.get(c.name()), c.color(), c.name());
      assertEquals(
          level2Of.get(i), Set.of(Mappings.load("idd-level3-to-idd-level2").of(i)), c.name());
      assertEquals(
          level1Of.get(i), Set.of(Mappings.load("idd-level3-to-idd-level1").of(i)), c.name());
    }
  }

  @Test
  void a2d2HasEachColorOfItsList() throws IOException {
    LabelCoding coding = Datasets.format("a2d2").coding();
    int rows = 0;
    for (List<String> row : table("## 8. A2D2", "hex")) {
      int color = Colors.parse(row.get(1)).getAsInt();
      assertEquals(Integer.parseInt(row.get(0).substring(1), 16), color);
      int index = coding.rawToIndex().get(color);
      String merged = row.get(2).replaceAll(" \\d$", "");
      assertEquals(merged, coding.space().classes().get(index).name());
      rows++;
    }
    assertEquals(55, rows);
  }

  @Test
  void camVidGroupsItsColorsAsTheTwoProtocolsDo() throws IOException {
    LabelCoding exact = Datasets.format("camvid-exact").coding();
    LabelCoding merged = Datasets.format("camvid-merged").coding();
    int rows = 0;
    for (List<String> row : table("## 2. CamVid", "32-class name")) {
      int color = Colors.parse(row.get(1)).getAsInt();
      int group = Integer.parseInt(row.get(5));
      assertEquals(group == 11 ? null : group, merged.rawToIndex().get(color), row.get(0));
      assertEquals(
          row.get(2).equals("255") ? null : group, exact.rawToIndex().get(color), row.get(0));
      rows++;
    }
    assertEquals(32, rows);
  }

  @Test
  void commaClassesHaveTheirColors() {
    LabelCoding coding = Datasets.format("comma10k").coding();
    assertEquals(
        Map.of(0x402020, 0, 0xFF0000, 1, 0x808060, 2, 0x00FF66, 3, 0xCC00FF, 4),
        coding.rawToIndex());
  }
}
