package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetContract;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every declared dataset keeps the contract, on a few frames in its own layout. */
class FolderDatasetContractTest {
  abstract static class Shipped extends DatasetContract {
    @TempDir Path root;
    private final String name;
    private String split;

    Shipped(String name) {
      this.name = name;
    }

    @BeforeEach
    void files() {
      split = ShippedFixtures.write(name, root).split();
    }

    @Override
    protected Dataset open() {
      return Datasets.open(name, root, split, OptionalInt.empty());
    }
  }

  @Nested
  class A2d2 extends Shipped {
    A2d2() {
      super("a2d2");
    }
  }

  @Nested
  class Acdc extends Shipped {
    Acdc() {
      super("acdc");
    }
  }

  @Nested
  class Bdd100k extends Shipped {
    Bdd100k() {
      super("bdd100k");
    }
  }

  @Nested
  class Camvid extends Shipped {
    Camvid() {
      super("camvid");
    }
  }

  @Nested
  class CamvidExact extends Shipped {
    CamvidExact() {
      super("camvid-exact");
    }
  }

  @Nested
  class CamvidMerged extends Shipped {
    CamvidMerged() {
      super("camvid-merged");
    }
  }

  @Nested
  class Cityscapes extends Shipped {
    Cityscapes() {
      super("cityscapes");
    }
  }

  @Nested
  class CityscapesCoarse extends Shipped {
    CityscapesCoarse() {
      super("cityscapes-coarse");
    }
  }

  @Nested
  class CityscapesCoarseTrainIds extends Shipped {
    CityscapesCoarseTrainIds() {
      super("cityscapes-coarse-train-ids");
    }
  }

  @Nested
  class CityscapesPolygons extends Shipped {
    CityscapesPolygons() {
      super("cityscapes-polygons");
    }
  }

  @Nested
  class CityscapesTrainIds extends Shipped {
    CityscapesTrainIds() {
      super("cityscapes-train-ids");
    }
  }

  @Nested
  class Comma10k extends Shipped {
    Comma10k() {
      super("comma10k");
    }
  }

  @Nested
  class Gta5 extends Shipped {
    Gta5() {
      super("gta5");
    }
  }

  @Nested
  class Idd extends Shipped {
    Idd() {
      super("idd");
    }
  }

  @Nested
  class IddLevel1 extends Shipped {
    IddLevel1() {
      super("idd-level1");
    }
  }

  @Nested
  class IddLevel2 extends Shipped {
    IddLevel2() {
      super("idd-level2");
    }
  }

  @Nested
  class IddLite extends Shipped {
    IddLite() {
      super("idd-lite");
    }
  }

  @Nested
  class Kitti extends Shipped {
    Kitti() {
      super("kitti");
    }
  }

  @Nested
  class Kitti360 extends Shipped {
    Kitti360() {
      super("kitti-360");
    }
  }

  @Nested
  class KittiDepth extends Shipped {
    KittiDepth() {
      super("kitti-depth");
    }
  }

  @Nested
  class KittiDepthEigen extends Shipped {
    KittiDepthEigen() {
      super("kitti-depth-eigen");
    }
  }

  @Nested
  class MapillaryV12 extends Shipped {
    MapillaryV12() {
      super("mapillary-v1.2");
    }
  }

  @Nested
  class MapillaryV20 extends Shipped {
    MapillaryV20() {
      super("mapillary-v2.0");
    }
  }

  @Nested
  class Vkitti2 extends Shipped {
    Vkitti2() {
      super("vkitti2");
    }
  }

  @Nested
  class Wilddash2 extends Shipped {
    Wilddash2() {
      super("wilddash2");
    }
  }
}
