package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Spaces;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("text")
class MappingsTest {
  private static final LabelSpace CITYSCAPES = LabelSpaces.named("cityscapes-19");
  private static final LabelSpace CAMVID = LabelSpaces.named("camvid-11");

  @TempDir Path folder;

  @Test
  void cityscapesOntoCamVidIsThePublishedTable() {
    LabelMapping mapping = Mappings.load("cityscapes-19-to-camvid-11");
    int[] expected = {3, 4, 1, 1, 7, 2, 6, 6, 5, 5, 0, 9, 10, 8, 8, 8, 8, 10, 10};
    int[] found = new int[19];
    for (int i = 0; i < 19; i++) {
      found[i] = mapping.of(i);
    }
    assertArrayEquals(expected, found);
    assertFalse(mapping.isIdentity());
  }

  @Test
  void outputBeyondTheClassesIsVoid() {
    LabelMapping mapping = Mappings.between(CITYSCAPES, CAMVID);
    assertEquals(255, mapping.of(19));
    assertEquals(255, mapping.of(255));
    assertEquals(255, LabelMapping.identity(CAMVID).of(11));
  }

  @Test
  void sameClassesNeedNoMapping() {
    LabelMapping mapping = Mappings.between(CAMVID, CAMVID);
    assertTrue(mapping.isIdentity());
    assertEquals("identity", mapping.name());
  }

  @Test
  void twoSpacesOfOneNameAreToldApartByTheirClasses() {
    LabelSpace mine = new LabelSpace("camvid-11", CAMVID.classes().subList(0, 3));
    String said = message(() -> Mappings.between(mine, CAMVID));
    assertTrue(
        said.startsWith(
            "no mapping is known from label space camvid-11 (3 classes) to camvid-11 (11 classes):"
                + " they have one name and other classes, the model has 3 classes and the dataset"
                + " has 11; shipped: "),
        said);
    List<LabelClass> swapped = new ArrayList<>(CAMVID.classes());
    Collections.swap(swapped, 1, 2);
    assertEquals(
        Optional.of("class 1 is 'Building' in the one and 'Pole' in the other"),
        CAMVID.difference(new LabelSpace("x", swapped), "the one", "the other"));
    assertEquals(Optional.empty(), CAMVID.difference(CAMVID, "the one", "the other"));
  }

  @Test
  void mappingAppliesToEveryPixel() {
    byte[] pixels = {0, 13, (byte) 255, 18};
    assertEquals(
        LabelMap.of(CAMVID, 2, 2, new byte[] {3, 8, (byte) 255, 10}),
        Mappings.between(CITYSCAPES, CAMVID).apply(LabelMap.of(CITYSCAPES, 2, 2, pixels)));
  }

  @Test
  void labelsOfAnotherSpaceAreRefused() {
    LabelMapping mapping = Mappings.between(CITYSCAPES, CAMVID);
    assertEquals(
        "mapping cityscapes-19-to-camvid-11 is from cityscapes-19, the labels are of three",
        assertThrows(IllegalArgumentException.class, () -> mapping.apply(Spaces.map(1, 1, 0)))
            .getMessage());
  }

  @Test
  void noMappingNamesBothSpaces() {
    assertEquals(
        "no mapping is known from label space camvid-11 (11 classes) to cityscapes-19 (19"
            + " classes); shipped: "
            + String.join(", ", Mappings.names())
            + ". Write one as a .yaml file and name it as the mapping",
        message(() -> Mappings.between(CAMVID, CITYSCAPES)));
  }

  @Test
  void unknownNamesListTheKnownOnes() {
    assertEquals(
        "no mapping is called 'cityscapes-19-to-camvid' (did you mean"
            + " 'cityscapes-19-to-camvid-11'?); known: "
            + String.join(", ", Mappings.names())
            + ", or the path of a .yaml file",
        message(() -> Mappings.load("cityscapes-19-to-camvid")));
    assertEquals(
        "no label space is called 'camvid-12' (did you mean 'camvid-11'?); known: "
            + String.join(", ", LabelSpaces.names())
            + ", or the path of a .yaml file",
        message(() -> LabelSpaces.named("camvid-12")));
  }

  @Test
  void aUsersMappingMayNameTheirOwnSpace() throws IOException {
    Files.writeString(
        folder.resolve("yard.yaml"),
        """
        name: yard-2
        classes:
          - {name: ground, color: '128,64,128', category: flat}
          - {name: person, color: '220,20,60', instances: true, vulnerable: true}
        """);
    Path file = folder.resolve("m.yaml");
    Files.writeString(
        file,
        """
        name: camvid-to-yard
        from: camvid-11
        to: yard.yaml
        classes: {Sky: void, Building: void, Pole: void, Road: ground, Pavement: ground, Tree: void,
          SignSymbol: void, Fence: void, Car: void, Pedestrian: person, Bicyclist: person}
        """);
    LabelMapping mapping = Mappings.load(file.toString());
    assertEquals(List.of("ground", "person"), mapping.to().classNames());
    assertEquals(0, mapping.of(3));
    assertEquals(1, mapping.of(9));
    assertEquals(255, mapping.of(0));
  }

  @Test
  void everythingWrongWithAMappingIsSaidAtOnce() throws IOException {
    Path file = folder.resolve("m.yaml");
    Files.writeString(
        file,
        """
        name: x
        from: camvid-11
        to: camvid-11
        classes: {Sky: Sky, Building: Bilding, Pole: Pole, Road: Road, Pavement: Pavement,
          Tree: Tree, SignSymbol: SignSymbol, Fence: Fence, Carr: Car, Pedestrian: Pedestrian,
          Bicyclist: Bicyclist}
        """);
    assertEquals(
        file
            + ": 3 problems\n"
            + "  line 4: classes: class 'Car' of camvid-11 is missing\n"
            + "  line 4: classes.Building: found 'Bilding', no class of camvid-11 (did you mean"
            + " 'Building'?)\n"
            + "  line 5: classes.Carr: no class of camvid-11 (did you mean 'Car'?)",
        message(() -> Mappings.load(file.toString())));
  }

  private static String message(Runnable action) {
    return assertThrows(BadInputException.class, action::run).getMessage();
  }
}
