package io.drivemark.eval.runner.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.Mappings;
import io.drivemark.eval.runner.Yard;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassMatchTest {
  private static final String NAMED = "cityscapes-19-to-camvid-11";

  @TempDir Path folder;
  private Dataset yard;

  @BeforeEach
  void openDataset() {
    Path yaml = Yard.write(folder);
    yard = Datasets.open(DatasetRequest.of(yaml.toString(), "val").withRoot(folder));
  }

  @Test
  void equalClassesNeedNoMapping() {
    assertTrue(ClassMatch.find(Yard.model("m", 0), yard, "auto").isIdentity());
  }

  @Test
  void aNamedMappingThatOtherModelsNeedIsNoHarmToOneThatFits() {
    assertTrue(ClassMatch.find(Yard.model("m", 0), yard, NAMED).isIdentity());
  }

  @Test
  void classesAreComparedAndNotNames() {
    LabelSpace renamed = new LabelSpace("elsewhere", Yard.SPACE.classes());
    assertTrue(ClassMatch.find(Yard.model("m", renamed, 0), yard, "auto").isIdentity());

    List<LabelClass> turned = new ArrayList<>(Yard.SPACE.classes());
    Collections.reverse(turned);
    LabelSpace other = new LabelSpace("yard", turned);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ClassMatch.find(Yard.model("m", other, 0), yard, "auto"));
    assertEquals(
        "model m on dataset yard: its classes do not fit the dataset's: no mapping is known from"
            + " label space yard (3 classes) to yard (3 classes): they have one name and other"
            + " classes, class 0 is 'person' in the model and 'ground' in the dataset; shipped: "
            + String.join(", ", Mappings.names())
            + ". Write one as a .yaml file and name it as the mapping",
        e.getMessage());
  }

  @Test
  void aNamedMappingBetweenOtherSpacesIsRefused() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ClassMatch.find(Yard.model("m", "camvid-11", 0), yard, NAMED));
    assertEquals(
        "model m on dataset yard: mapping cityscapes-19-to-camvid-11 goes from cityscapes-19 (19"
            + " classes) to camvid-11 (11 classes), needed is one from camvid-11 (11 classes) to"
            + " yard (3 classes)",
        e.getMessage());
  }
}
