package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetPageTest {
  static List<Datasets.Info> infos() {
    return Datasets.infos();
  }

  @Test
  void pageOfASmallDatasetWordForWord() {
    assertEquals(
        """
        comma10k
          comma10k, five classes for driving
          source    https://github.com/commaai/comma10k
          licence   MIT
          obtain    It is the public repository comma10k
          tasks     segmentation
          splits    train, val, all
          files
            ROOT/
            ├─ imgs/
            │  └─ {id}.png                                                  photograph
            └─ masks/
               └─ {id}.png                                                  labels
          protocols none of its own; the default is taken
          study
            schema: drivemark-study/1
            datasets: [{name: comma10k, root: /data/comma10k, split: val}]
            models: [my-network.yaml]
          classes   comma10k-5, 5 of them
            index  colour       stored            name
                0  64,32,32     64,32,32          road
                1  255,0,0      255,0,0           lane markings
                2  128,128,96   128,128,96        undrivable
                3  0,255,102    0,255,102         movable
                4  204,0,255    204,0,255         my car
             void  -            none
          notes
            - Frames whose name ends in 9 are the validation split
            - Two frame sizes occur
        """,
        String.join("\n", DatasetPage.of("comma10k")) + "\n");
  }

  @Test
  void wordsSplitsAndSlicesAreSaid() {
    List<String> page = DatasetPage.of("mapillary-v1.2");
    assertTrue(
        page.contains(
            "  splits    train (18000 frames) in training, val (2000 frames) in validation"),
        String.join("\n", page));
    assertTrue(DatasetPage.of("idd").contains("    a frame's id is {drive}_{frame}"));
    assertTrue(DatasetPage.of("acdc").contains("  slices    condition, sequence"));
    assertTrue(DatasetPage.of("bdd100k").contains("  slices    scene, timeofday, weather"));
    assertTrue(
        DatasetPage.of("cityscapes").stream()
            .anyMatch(line -> line.matches("\\s+void  -\\s+0-6 9-10 14-16 18 29-30")));
    assertTrue(
        DatasetPage.of("cityscapes").stream()
            .anyMatch(
                line ->
                    line.matches(
                        "\\s+11  220,20,60\\s+24\\s+person \\(vulnerable\\) \\(objects\\)")));
  }

  @Test
  void valuesOfFilesBesideTheLabelsAreExplained() {
    assertTrue(
        DatasetPage.of("kitti")
            .contains("  objects   class * 256 + number from 1; number 0 is no single object"));
    assertTrue(
        DatasetPage.of("mapillary-v1.2")
            .contains("  objects   class * 256 + number, where the class has objects"));
    assertTrue(
        DatasetPage.of("mapillary-v1.2")
            .contains("  iIoU      by published mean object sizes of 37 classes"));
    assertTrue(DatasetPage.of("kitti-depth").contains("  tasks     depth"));
    assertTrue(DatasetPage.of("synthdrive").contains("  tasks     segmentation, depth"));
    assertTrue(
        DatasetPage.of("vkitti2")
            .contains("  cameras   focal length 725.0087 pixels, 0.532725 m apart"));
    assertTrue(
        DatasetPage.of("kitti-depth")
            .contains("  distance  stored value * 0.00390625 m; unknown where it is 0"));
    assertTrue(
        DatasetPage.of("kitti-360")
            .contains("  sureness  stored value / 65535 is the confidence of a pixel's label"));
    assertFalse(String.join(" ", DatasetPage.of("bdd100k")).contains("objects   "));
  }

  /** Polygons have labels, not numbers. */
  @Test
  void labelsOfPolygonsAreShownAsTheyAreStored() {
    List<String> page = DatasetPage.of("cityscapes-polygons");
    int road = page.indexOf("        0  128,64,128   road              road");
    assertTrue(road > 0, String.join("\n", page));
    assertEquals(
        List.of(
            "     void  -            no polygon, bridge, caravan, dynamic, ego vehicle, ground, guard"
                + " rail, out of roi, parking, polegroup, rail track, rectification border, static,"
                + " trailer, tunnel, unlabeled",
            "        -  -            not drawn: license plate",
            "  notes"),
        page.subList(road + 19, road + 22));
  }

  @Test
  void aStudyBeginsWithTheRulesOfTheDatasetsOwnTool() {
    List<String> page = DatasetPage.of("bdd100k");
    int study = page.indexOf("  study");
    assertEquals(
        List.of(
            "  protocols bdd100k",
            "  study",
            "    schema: drivemark-study/1",
            "    datasets: [{name: bdd100k, root: /data/bdd100k, split: val}]",
            "    models: [my-network.yaml]",
            "    protocol: bdd100k"),
        page.subList(study - 1, study + 5));
    assertTrue(
        DatasetPage.of("synthdrive").contains("    datasets: [{name: synthdrive, split: val}]"));
    assertTrue(
        DatasetPage.of("a2d2")
            .contains("    datasets: [{name: a2d2, root: /data/a2d2, split: all}]"));
  }

  @ParameterizedTest
  @MethodSource("infos")
  void everyPageNamesEachClass(Datasets.Info info) {
    String name = info.name();
    List<String> page = DatasetPage.of(name);
    for (String label : info.labels().classNames()) {
      assertTrue(page.stream().anyMatch(line -> line.contains(label)), label);
    }
    assertTrue(page.stream().anyMatch(line -> line.startsWith("  protocols ")), name);
    assertTrue(page.contains("    schema: drivemark-study/1"), name);
    assertTrue(page.contains("  notes"), name);
    if (info.needsRoot()) {
      assertTrue(page.stream().anyMatch(line -> line.matches(" +void  -.*")), name);
      assertTrue(page.stream().anyMatch(line -> line.startsWith("  obtain    ")), name);
      assertTrue(page.stream().anyMatch(line -> line.startsWith("  source    http")), name);
      assertTrue(page.stream().anyMatch(line -> line.startsWith("  licence   ")), name);
      assertTrue(page.contains("    ROOT/"), name);
      assertFalse(page.get(page.size() - 1).isBlank(), name);
    }
  }
}
