package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetContract;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every declared dataset keeps the contract. */
class FolderDatasetContractTest {
  @Nested
  class CamVid extends DatasetContract {
    @TempDir Path root;

    @BeforeEach
    void files() {
      Fixture.camVid(root);
    }

    @Override
    protected Dataset open() {
      return Datasets.open("camvid", root, "val", OptionalInt.empty());
    }
  }

  @Nested
  class CamVidMerged extends DatasetContract {
    @TempDir Path root;

    @BeforeEach
    void files() {
      for (String id : new String[] {"0016E5_07959", "0016E5_08001"}) {
        new Fixture(root)
            .image("701_StillsRaw_full/" + id + ".png", 3, 5)
            .color("LabeledApproved_full/" + id + "_L.png", 3, 5, 0x808080, 0xC08040, 0x1A1A1A);
      }
    }

    @Override
    protected Dataset open() {
      return Datasets.open("camvid-merged", root, "val", OptionalInt.empty());
    }
  }

  @Nested
  class Cityscapes extends DatasetContract {
    @TempDir Path root;

    @BeforeEach
    void files() {
      for (String id : new String[] {"munster_000001_000019", "munster_000002_000019"}) {
        new Fixture(root)
            .image("leftImg8bit/val/munster/" + id + "_leftImg8bit.png", 4, 9)
            .grey("gtFine/val/munster/" + id + "_gtFine_labelIds.png", 4, 9, 0, 7, 24, 26)
            .grey16("gtFine/val/munster/" + id + "_gtFine_instanceIds.png", 4, 9, 0, 7, 24001, 26);
      }
    }

    @Override
    protected Dataset open() {
      return Datasets.open("cityscapes", root, "val", OptionalInt.empty());
    }
  }
}
