package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir Path root;

  @Test
  void findingsClassesAndSummaryArePrintedAndWritten() throws IOException {
    frame("train", "x_1", 0, 1, 2);
    frame("val", "y_1", 0, 0, 11);
    frame("val", "y_2", 0, 12, 0);
    Path json = root.resolve("found/verify.json");
    Invocation verify =
        Invocation.of(
            "verify", "--dataset", "camvid", "--root", root.toString(), "--json", json.toString());
    assertEquals(1, verify.exitCode(), verify.err());
    List<String> lines = verify.out().lines().toList();
    String bad =
        root.resolve("valannot/y_2.png") + ": unknown label value 12 in 1 pixel at (row, column)";
    assertTrue(lines.contains("error\tunknown-value\ty_2\t" + bad + " (0, 1)"), verify.out());
    assertTrue(
        lines.contains(
            "camvid val: 1 of 2 frames is good, 33.33 % void (median frame 33.33 %, worst 33.33"
                + " %)"),
        verify.out());
    assertTrue(lines.contains("  Sky                   66.67 %  in 1 frame"), verify.out());
    assertTrue(lines.contains("  sizes {1x3=1} (height x width=frames)"), verify.out());
    assertTrue(lines.contains("findings                        train          val"), verify.out());
    assertTrue(lines.contains("error unknown-value                 0            1"), verify.out());
    assertTrue(verify.err().contains("not looked at: dataset camvid: "), "there is no test split");
    JsonNode written = new ObjectMapper().readTree(Files.readString(json));
    assertEquals(1, written.get("errors").intValue());
    assertEquals(2, written.get("splits").size());
    assertEquals("y_2", written.at("/splits/1/findings/0/id").textValue());
    assertEquals(1, written.get("notLookedAt").size());
    assertTrue(written.at("/notLookedAt/0").textValue().contains("split 'test'"), "" + written);
  }

  @Test
  void manyFindingsOfOneKindAreCutAndCounted() {
    for (int i = 0; i < 25; i++) {
      frame("val", "f" + i, 0, 12, 0);
    }
    frame("train", "f25", 0, 1, 2);
    Invocation verify =
        Invocation.of(
            "verify", "--dataset", "camvid", "--root", root.toString(), "--split", "val", "--fast");
    assertEquals(1, verify.exitCode());
    assertTrue(
        verify.out().contains("\nnote\tneighbours\t-\t2 of 25 frames stand next to"), verify.out());
    assertTrue(verify.out().startsWith("error\t"), "errors come before notes");
    assertEquals(
        20, verify.out().lines().filter(l -> l.startsWith("error\tunknown-value\tf")).count());
    assertTrue(
        verify
            .out()
            .lines()
            .anyMatch(
                "error\tunknown-value\t-\tand 5 more in split val; --json writes all"::equals),
        verify.out());
  }

  @Test
  void aDeclarationWithoutSplitsIsLookedThrough() throws IOException {
    frame("val", "y_1", 0, 0, 1);
    frame("day", "y_2", 0, 1, 1);
    Path yaml = root.resolve("yard.yaml");
    String text =
        """
        name: yard
        root: '%s'
        classes: [{name: ground}, {name: car}]
        coding: {kind: index, void: [255]}
        layout: {image: '%s/{id}.png', truth: '%sannot/{id}.png'}
        """;
    Files.writeString(yaml, text.formatted(root, "{split}", "{split}"));
    Path json = root.resolve("verify.json");
    Invocation found =
        Invocation.of("verify", "--dataset", yaml.toString(), "--json", json.toString()).fine();
    String drivable =
        "note\tnothing-drivable\t-\tyard declares no drivable classes, so obstacles taken for"
            + " drivable ground will not be counted; name those of ground, car that can be driven"
            + " on, for example 'drivable: [ground]'";
    assertEquals(
        List.of(drivable),
        found.out().lines().filter(l -> l.contains("declares no drivable")).toList(),
        "once, though there are two splits");
    JsonNode splits = new ObjectMapper().readTree(Files.readString(json)).get("splits");
    assertEquals(1, splits.at("/0/counts/nothing-drivable").intValue());
    assertTrue(splits.at("/1/counts/nothing-drivable").isMissingNode());
    Files.writeString(yaml, text.formatted(root, "{split}", "{split}") + "drivable: [ground]\n");
    Invocation said = Invocation.of("verify", "--dataset", yaml.toString()).fine();
    assertTrue(said.out().lines().noneMatch(l -> l.contains("drivable")), said.out());
    assertTrue(found.out().contains("yard day: 1 of 1 frame is good"), found.out());
    assertTrue(found.out().contains("yard val: 1 of 1 frame is good"), found.out());
    Files.writeString(yaml, text.formatted(root, "val", "val"));
    Invocation all = Invocation.of("verify", "--dataset", yaml.toString()).fine();
    assertTrue(all.out().contains("yard all: 1 of 1 frame is good"), all.out());
    Files.writeString(yaml, text.formatted(root, "none/{split}", "none/{split}"));
    Invocation.refused(
        List.of(
            "drivemark verify: dataset yard declares no splits, and "
                + root
                + " has no folder of one; write 'splits: [val]' into "
                + yaml
                + ", or name one with --split"),
        "verify",
        "--dataset",
        yaml.toString());
  }

  @Test
  void itStandsUnderTheWordDatasetsToo() {
    frame("val", "y_1", 0, 0, 11);
    String[] rest = {"--dataset", "camvid", "--root", root.toString(), "--split", "val"};
    Invocation plain = Invocation.of(joined(new String[] {"verify"}, rest));
    Invocation longer = Invocation.of(joined(new String[] {"datasets", "verify"}, rest));
    assertEquals(0, longer.exitCode(), longer.err());
    assertTrue(plain.out().startsWith("note\t"), plain.out());
    assertEquals(plain.out(), longer.out());
    Invocation help = Invocation.of("datasets");
    assertTrue(help.out().startsWith("Looks through datasets"), help.out());
    assertTrue(help.out().contains("verify"), help.out());
    assertTrue(
        Invocation.of("datasets", "verfy")
            .err()
            .startsWith("drivemark datasets: unknown command 'verfy' (did you mean 'verify'?)"));
  }

  private static String[] joined(String[] first, String[] rest) {
    return java.util.stream.Stream.of(first, rest)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  private void frame(String split, String id, int... values) {
    byte[] labels = new byte[values.length];
    byte[] pixels = new byte[3 * values.length];
    for (int i = 0; i < values.length; i++) {
      labels[i] = (byte) values[i];
      pixels[3 * i] = (byte) id.hashCode();
    }
    ImageCodec.writeImage(
        root.resolve(split + "/" + id + ".png"), RgbImage.of(1, values.length, pixels));
    ImageCodec.writeGray8(root.resolve(split + "annot/" + id + ".png"), 1, values.length, labels);
  }
}
