package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.files.Digests;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Digests and descriptions of datasets are parts of the keys of results that exist: they never
 * change. The files here hold plain text, so that no image coder takes part in their bytes.
 */
class DatasetKeysTest {
  private static final String YAML =
      """
      name: yard
      classes: [{name: ground}, {name: person, instances: true, vulnerable: true}]
      drivable: [ground]
      sequence: '^[^_]+'
      attributes: {light: {dusk: '_2', day: '.'}}
      attributeFiles: [{file: more.json, id: name, attributes: {weather: sky}}]
      meanInstancePixels: {person: 12.5}
      objects: {numbers: plain, channel: green}
      depth: {metresPerUnit: 0.01, unknown: [0]}
      layout:
        image: photos/{split}/{id}.jpg
        truth: labels/{split}/{id}.png
        instances: objects/{split}/{id}.png
        depth: depth/{split}/{id}.png
        confidence: sure/{split}/{id}.png
      coding: {values: {1: ground, 2: person}, void: [0], unknown: void}
      """;

  @TempDir Path root;

  @Test
  void digestAndDescriptionOfFoldersStay() throws Exception {
    Fixture files = new Fixture(root).text("yard.yaml", YAML);
    files.text("more.json", "[{\"name\": \"a_1\", \"sky\": \"rain\"}]");
    for (String id : new String[] {"a_1", "a_2", "b_1"}) {
      for (String kind : new String[] {"labels", "objects", "depth", "sure"}) {
        files.text(kind + "/day/" + id + ".png", kind + " of " + id);
      }
      files.text("photos/day/" + id + ".jpg", "photograph " + id);
    }
    Dataset all = open(DatasetRequest.of(root.resolve("yard.yaml").toString(), "day"));
    assertEquals("577689021c634c83ce3482c7771e776cfa3ac64e89f3cf5dcc706700f54e21e6", all.digest());
    assertEquals(
        """
        drivemark-dataset-description/1
        dataset "yard" "day"
        class "0" "ground" "000000" "ground" "no instances" "not vulnerable"
        class "1" "person" "000000" "person" "instances" "vulnerable"
        coding "INDEX" "void"
        value "1" "0"
        value "2" "1"
        void "0"
        mean instance pixels "person" "12.5"
        drivable "ground"
        confidence "true"
        frame "a_1" "light" "day"
        frame "a_1" "sequence" "a"
        frame "a_1" "weather" "rain"
        frame "a_2" "light" "dusk"
        frame "a_2" "sequence" "a"
        frame "b_1" "light" "day"
        frame "b_1" "sequence" "b"
        truth ""
        objects "PLAIN" "GREEN"
        depth "0.01" "[0]"
        """,
        all.description());
    Dataset two = open(DatasetRequest.of(root.resolve("yard.yaml").toString(), "day").withLimit(2));
    assertEquals("51a448ffe631f5221ff42a0f93608a5eabd999a577abd540d0a1cf7426489d13", two.digest());
    assertEquals(all.description().replaceAll("frame \"b_1\".*\n", ""), two.description());
  }

  @Test
  void digestAndDescriptionWithoutLabelsStay() throws Exception {
    Fixture files = new Fixture(root).text("yard.yaml", YAML);
    files.text("photos/day/a_1.jpg", "photograph").text("photos/day/a_2.jpg", "another");
    DatasetRequest request =
        DatasetRequest.of(root.resolve("yard.yaml").toString(), "day").withLabelsOptional();
    assertEquals(
        "9f6f935ca25e6e194bf08d36cac7fc0faa9e6b91d832a0147fc6eb8e530d56dc", open(request).digest());
    assertEquals(
        """
        drivemark-dataset-description/1
        dataset "yard" "day"
        class "0" "ground" "000000" "ground" "no instances" "not vulnerable"
        class "1" "person" "000000" "person" "instances" "vulnerable"
        coding "INDEX" "void"
        value "1" "0"
        value "2" "1"
        void "0"
        confidence "false"
        frame "a_1" "light" "day"
        frame "a_1" "sequence" "a"
        frame "a_2" "light" "dusk"
        frame "a_2" "sequence" "a"
        """,
        open(request).description());
    assertEquals(
        "4df69fc6d40c66ff809b97e734d8f19f9ba0e6654c2eb458dbc385d57b70c3c9",
        open(request.withLimit(1)).digest());
  }

  @Test
  void digestAndDescriptionOfDrawnScenesStay() throws Exception {
    Dataset drawn =
        Datasets.open(
            DatasetRequest.of("synthdrive", "val")
                .withOption("count", "5")
                .withOption("size", "36x48"));
    assertEquals(
        "eb4ffc8753b0cbdf795fd9289ff6c7e98b2e4836df52f09d77a4412a028c8fb4", drawn.digest());
    assertEquals(
        "8ceceff25bf5942cac5790e2072ebffd918b7788af069e417553112d3fab00a5",
        Digests.of(drawn.description()));
  }

  @Test
  void digestsOfDrawnScenesUnderOneSkyStay() {
    DatasetRequest request =
        DatasetRequest.of("synthdrive", "train")
            .withOption("count", "9")
            .withOption("seed", "-3")
            .withOption("sequence", "3")
            .withOption("rate", "10")
            .withOption("weather", "fog")
            .withOption("light", "glare");
    assertEquals(
        Digests.of(
            "synthdrive/2 SynthOptions[count=9, seed=-3, height=360, width=480, split=train,"
                + " framesPerSequence=3, framesPerSecond=10.0, weather=Optional[FOG],"
                + " daylight=Optional[GLARE]]"),
        Datasets.open(request).digest());
  }

  @Test
  void descriptionsOfShippedDatasetsStay() throws Exception {
    Map<String, String> found = new TreeMap<>();
    for (String name : ShippedLayoutsTest.shipped().toList()) {
      Path folder = root.resolve(name);
      ShippedFixtures.Expected fixture = ShippedFixtures.write(name, folder);
      Dataset dataset = open(DatasetRequest.of(name, fixture.split()).withRoot(folder));
      found.put(name, Digests.of(dataset.description()).substring(0, 16));
    }
    assertEquals(
        """
        {a2d2=c26955e614a559e0
        acdc=7908d80672b5668b
        bdd100k=f05146828f18dcc1
        camvid=390c80ea0f64c020
        camvid-exact=a44818b8e5663f2e
        camvid-merged=96ea8e1538c5d5ba
        cityscapes=358adba6a31f498d
        cityscapes-coarse=6eb5b66713e5306c
        cityscapes-coarse-train-ids=d4015dcb5ddb2bfe
        cityscapes-polygons=8ca44f448e819767
        cityscapes-train-ids=b8c5164652f072bc
        comma10k=3f7c98a207edc931
        gta5=69248f89c21f3ae1
        idd=1dc81e7dfdeefd2e
        idd-level1=6bc57266a787668e
        idd-level2=9b8b18056d6c3df2
        idd-lite=6f34251cbbefdd30
        kitti=82374c1ce8ab7571
        kitti-360=659e27f70afa0280
        kitti-depth=1120ef629d7ba071
        kitti-depth-eigen=d29c50b0a087ce67
        mapillary-v1.2=229ea2ecb7a54f1d
        mapillary-v2.0=1237a9686756d2c3
        vkitti2=5d32a9b84cdaa198
        wilddash2=440113590d3ff37e}
        """,
        found.toString().replace(", ", "\n") + "\n");
  }

  private Dataset open(DatasetRequest request) {
    return Datasets.open(request.root().isPresent() ? request : request.withRoot(root));
  }
}
