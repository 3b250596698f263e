package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of frames: their order, what is nearly one, and what list files make of them. */
@Tag("text")
class NamesTest {
  @TempDir Path root;
  private Fixture fixture;

  @BeforeEach
  void create() {
    fixture = new Fixture(root);
  }

  private Path yaml(String layout) {
    try {
      return Files.writeString(
          root.resolve("yard.yaml"),
          """
          name: yard
          root: '%s'
          classes: [{name: ground}, {name: car}]
          coding: {kind: index, void: [255]}
          layout: {image: 'photos/{id}.png', truth: 'labels/{id}.png'%s}
          """
              .formatted(root, layout));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void frames(String... ids) {
    for (String id : ids) {
      fixture.image("photos/" + id + ".png", 2, 3).grey("labels/" + id + ".png", 2, 3, 0, 1);
    }
  }

  private Dataset open(Path yaml, String split) {
    return Datasets.open(DatasetRequest.of(yaml.toString(), split));
  }

  private String refused(Path yaml, String split) {
    return assertThrows(BadInputException.class, () -> open(yaml, split)).getMessage();
  }

  @Test
  void framesFollowEachOtherByTheirNumbers() {
    frames("f1", "f2", "f10", "f9");
    Dataset all = open(yaml(""), "all");
    assertEquals(List.of("f1", "f2", "f9", "f10"), all.ids());
    assertEquals(
        List.of("f1", "f2"),
        Datasets.open(DatasetRequest.of(root.resolve("yard.yaml") + "", "all").withLimit(2)).ids());
  }

  @Test
  void rangesAreOfNumbers() {
    frames("1", "2", "5", "9", "10", "11", "100");
    Path yaml = yaml(", members: {early: ['1..9'], late: ['10..100']}");
    assertEquals(List.of("1", "2", "5", "9"), open(yaml, "early").ids());
    assertEquals(List.of("10", "11", "100"), open(yaml, "late").ids());
  }

  /** Another order of frames is another digest, so that cells of both are never mixed. */
  @Test
  void theDigestHeedsTheOrder() {
    frames("f1", "f2");
    String two = open(yaml(""), "all").digest();
    frames("f10");
    assertNotEquals(two, open(yaml(""), "all").digest());
  }

  @Test
  void whatSystemsLeaveBesideFilesIsNoFrame() throws IOException {
    frames("f0");
    for (String name :
        List.of("photos/._f0.png", "labels/._f0.png", "photos/.DS_Store", "labels/Thumbs.db")) {
      Files.writeString(root.resolve(name), "Mac OS X");
    }
    assertEquals(List.of("f0"), open(yaml(""), "all").ids());
    Path any = yaml("");
    Files.writeString(
        any, Files.readString(any).replace("photos/{id}", "**/{id}_p").replace("labels/", "**/"));
    fixture.image("deep/x_p.png", 2, 3).grey("deep/x.png", 2, 3, 0);
    fixture.image("__MACOSX/deep/y_p.png", 2, 3).grey("__MACOSX/deep/y.png", 2, 3, 0);
    Files.delete(root.resolve("photos/f0.png"));
    Files.delete(root.resolve("labels/f0.png"));
    assertEquals(List.of("x"), open(any, "all").ids());
  }

  @Test
  void composedAndDecomposedAccentsAreOneName() throws IOException {
    fixture.image("photos/u\u0308ber.png", 2, 3).grey("labels/\u00fcber.png", 2, 3, 0);
    Files.writeString(root.resolve("all.txt"), "photos/u\u0308ber.png\n");
    assertEquals(List.of("\u00fcber"), open(yaml(", list: '{split}.txt'"), "all").ids());
  }

  @ParameterizedTest
  @CsvSource({"f0.PNG", "f0.npy", "f0.tif", "f0_mask.png", "F0.png", "f0.labels.png"})
  void aPartnerUnderNearlyTheNameIsNamed(String name) {
    fixture.image("photos/f0.png", 2, 3).grey("labels/" + name, 2, 3, 0);
    fixture.image("photos/a.png", 2, 3).grey("labels/a.png", 2, 3, 0);
    String message = refused(yaml(""), "all");
    String found =
        "frame f0: photograph "
            + root.resolve("photos/f0.png")
            + " has no labels; expected labels/f0.png; found "
            + root.resolve("labels/" + name)
            + (name.startsWith("F")
                ? ""
                : ", which the pattern {id}" + name.substring(2) + " would find");
    assertEquals(found, message.lines().filter(l -> l.contains("f0:")).findFirst().get().strip());
  }

  @Test
  void aFolderWhereNothingFitsSaysWhatLiesThere() {
    fixture.image("photos/f0.jpg", 2, 3).grey("labels/f0.PNG", 2, 3, 0);
    assertEquals(
        "dataset yard: "
            + root
            + " has no frames of split 'all'; expected there: photos/{id}.png with"
            + " labels/{id}.png; found there, and fitting no pattern: labels/f0.PNG. Give the"
            + " dataset's folder as its root",
        refused(yaml(""), "all"));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, ''",
    "UTF-8, \uFEFF",
    "UTF-16LE, \uFEFF",
    "UTF-16BE, \uFEFF",
  })
  void listsAreReadAsEditorsSaveThem(String charset, String mark) throws IOException {
    frames("f0", "f1");
    Files.write(
        root.resolve("all.txt"),
        (mark + "photos/f0.png  \r\n\r\n  photos/f1.png\t labels/f1.png \r\n")
            .getBytes(Charset.forName(charset)));
    assertEquals(List.of("f0", "f1"), open(yaml(", list: '{split}.txt'"), "all").ids());
    assertEquals(List.of("f0", "f1"), open(yaml(", select: {list: '{split}.txt'}"), "all").ids());
  }

  @Test
  void aListThatCannotBeReadOrNamesNothingIsAnError() throws IOException {
    frames("f0");
    Path list = root.resolve("all.txt");
    for (String layout : List.of(", list: '{split}.txt'", ", select: {list: '{split}.txt'}")) {
      Files.write(list, "photos/f0.png\n".getBytes(StandardCharsets.UTF_16LE));
      assertEquals(
          list
              + ": cannot be read as text: neither UTF-8 nor UTF-16 with its byte-order mark; save it as UTF-8",
          refused(yaml(layout), "all"));
      Files.writeString(list, " \r\n\uFEFF\n");
      String none = list + ": names no frame; it must name the frames of this split, one a line";
      assertEquals(
          none,
          refused(yaml(layout), "all").lines().toList().stream()
              .map(String::strip)
              .filter(l -> l.contains("names no frame"))
              .findFirst()
              .orElseThrow());
    }
  }

  @Test
  void splitsAreFoundWhereNoneIsDeclared() {
    frames("f0");
    Path yaml = yaml("");
    assertEquals(List.of("all"), Datasets.splits(yaml.toString(), Optional.empty()));
    assertEquals(
        List.of("a", "b"),
        Datasets.splits(yaml(", members: {b: ['f0'], a: ['f1']}").toString(), Optional.empty()));
  }
}
