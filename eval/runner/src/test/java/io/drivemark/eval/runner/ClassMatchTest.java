package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
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
