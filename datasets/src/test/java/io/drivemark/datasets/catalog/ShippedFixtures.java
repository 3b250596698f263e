package io.drivemark.datasets.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A few frames of each shipped dataset in the layout of its own archives. The paths are written out
 * here, not made from the declarations, so that a declaration that is wrong finds nothing.
 */
public final class ShippedFixtures {
  /** Every label id of Cityscapes in turn, one a pixel. */
  private static final int[] CITYSCAPES_IDS = IntStream.range(0, 34).toArray();

  private static final int[] TRAIN_IDS =
      IntStream.concat(IntStream.range(0, 19), IntStream.of(255)).toArray();

  private ShippedFixtures() {}

  /** What a fixture has: a split and its ids. */
  public record Expected(String split, List<String> ids) {}

  /** Writes the frames of one dataset below a folder. */
  public static Expected write(String dataset, Path root) {
    Fixture files = new Fixture(root);
    return switch (dataset) {
      case "a2d2" -> a2d2(files);
      case "acdc" -> acdc(files);
      case "bdd100k" -> bdd100k(files);
      case "camvid" -> camvid(files);
      case "camvid-exact", "camvid-merged" -> camvidOriginal(files);
      case "cityscapes" -> cityscapes(files, "gtFine", "labelIds", CITYSCAPES_IDS, "val");
      case "cityscapes-train-ids" -> cityscapes(files, "gtFine", "labelTrainIds", TRAIN_IDS, "val");
      case "cityscapes-coarse" ->
          cityscapes(files, "gtCoarse", "labelIds", CITYSCAPES_IDS, "train_extra");
      case "cityscapes-coarse-train-ids" ->
          cityscapes(files, "gtCoarse", "labelTrainIds", TRAIN_IDS, "train_extra");
      case "cityscapes-polygons" -> polygons(files);
      case "comma10k" -> comma10k(files);
      case "gta5" -> gta5(files);
      case "idd" -> idd(files, "level3", 26, "jpg");
      case "idd-level2" -> idd(files, "level2", 16, "png");
      case "idd-level1" -> idd(files, "level1", 7, "png");
      case "idd-lite" -> iddLite(files);
      case "kitti" -> kitti(files);
      case "kitti-360" -> kitti360(files);
      case "kitti-depth" -> kittiDepth(files);
      case "kitti-depth-eigen" -> kittiDepthEigen(files);
      case "mapillary-v1.2" -> mapillary(files, "v1.2", 66);
      case "mapillary-v2.0" -> mapillary(files, "v2.0", 124);
      case "vkitti2" -> vkitti2(files);
      case "wilddash2" -> wilddash2(files);
      default -> throw new AssertionError("no fixture for dataset " + dataset + "; add one");
    };
  }

  private static Expected camvid(Fixture files) {
    Fixture.camVid(files.root());
    return new Expected("val", List.of("a", "b", "c"));
  }

  private static Expected camvidOriginal(Fixture files) {
    for (String id : List.of("0016E5_07959", "0016E5_08001")) {
      files
          .image("701_StillsRaw_full/" + id + ".png", 3, 5)
          .color("LabeledApproved_full/" + id + "_L.png", 3, 5, 0x808080, 0xC08040, 0x1A1A1A);
    }
    return new Expected("val", List.of("0016E5_07959", "0016E5_08001"));
  }

  private static Expected cityscapes(
      Fixture files, String type, String ending, int[] values, String split) {
    List<String> ids = List.of("lindau_000000_000019", "munster_000001_000019");
    for (String id : ids) {
      String city = id.substring(0, id.indexOf('_'));
      String label = type + "/" + split + "/" + city + "/" + id + "_" + type;
      files
          .image(
              "leftImg8bit/" + split + "/" + city + "/" + id + "_leftImg8bit.png", 1, values.length)
          .grey(label + "_" + ending + ".png", 1, values.length, values)
          .text(label + "_polygons.json", "{}");
      if (type.equals("gtFine")) {
        int[] objects = values.clone();
        objects[objects.length - 2] = 26000;
        objects[objects.length - 3] = 26001;
        files.grey16(label + "_instanceIds.png", 1, values.length, objects);
      }
    }
    return new Expected(split, ids);
  }

  /** A road, a car with its plate, a group of persons, a caravan; the top row has no polygon. */
  private static Expected polygons(Fixture files) {
    List<String> ids = List.of("lindau_000000_000019", "munster_000001_000019");
    for (String id : ids) {
      String city = id.substring(0, id.indexOf('_'));
      files
          .image("leftImg8bit/val/" + city + "/" + id + "_leftImg8bit.png", 3, 5)
          .text(
              "gtFine/val/" + city + "/" + id + "_gtFine_polygons.json",
              """
              {"imgHeight": 3, "imgWidth": 5, "objects": [
                {"label": "road", "polygon": [[0, 1], [4, 1], [4, 2], [0, 2]]},
                {"label": "car", "polygon": [[0, 1], [1, 1], [1, 2], [0, 2]]},
                {"label": "license plate", "polygon": [[0, 2], [1, 2], [1, 2]]},
                {"label": "persongroup", "polygon": [[2, 1], [2, 1], [2, 1]]},
                {"label": "caravan", "polygon": [[4, 1], [4, 2], [4, 2]]}
              ]}
              """)
          .grey("gtFine/val/" + city + "/" + id + "_gtFine_labelIds.png", 3, 5, 0);
    }
    return new Expected("val", ids);
  }

  private static Expected kitti(Fixture files) {
    for (String id : List.of("000000_10", "000001_10", "000196_10", "000199_10")) {
      int[] objects = new int[34];
      objects[26] = 26 * 256 + 1;
      objects[27] = 27 * 256;
      files
          .image("training/image_2/" + id + ".png", 1, 34)
          .grey("training/semantic/" + id + ".png", 1, 34, CITYSCAPES_IDS)
          .color("training/semantic_rgb/" + id + ".png", 1, 34, 0x804080)
          .grey16("training/instance/" + id + ".png", 1, 34, objects);
    }
    return new Expected("val", List.of("000001_10", "000196_10"));
  }

  private static Expected kitti360(Fixture files) {
    StringBuilder list = new StringBuilder();
    for (int frame = 386; frame < 397; frame++) {
      String name = String.format("%010d.png", frame);
      String drive = "2013_05_28_drive_0000_sync/image_00/";
      files
          .image("data_2d_raw/" + drive + "data_rect/" + name, 3, 15)
          .grey(
              "data_2d_semantics/train/" + drive + "semantic/" + name,
              3,
              15,
              IntStream.range(0, 45).toArray())
          .grey16(
              "data_2d_semantics/train/" + drive + "instance/" + name, 3, 15, 7000, 26000, 26001)
          .grey16(
              "data_2d_semantics/train/" + drive + "confidence/" + name, 3, 15, 65535, 0, 13107);
      list.append("data_2d_raw/").append(drive).append("data_rect/").append(name);
      list.append(" data_2d_semantics/train/").append(drive).append("semantic/").append(name);
      list.append('\n');
    }
    files.image("data_2d_raw/2013_05_28_drive_0000_sync/image_00/data_rect/0000000000.png", 3, 15);
    files.text("data_2d_semantics/train/2013_05_28_drive_val_frames.txt", list.toString());
    return new Expected("val", List.of("0000_0000000386", "0000_0000000396"));
  }

  private static Expected bdd100k(Fixture files) {
    List<String> ids = List.of("7d15b18b-1e0d6e3f", "7d209219-ccdc1a09");
    for (String id : ids) {
      files
          .image("images/10k/val/" + id + ".jpg", 4, 5)
          .grey("labels/sem_seg/masks/val/" + id + ".png", 4, 5, TRAIN_IDS);
    }
    files.text(
        "labels/det_20/det_val.json",
        """
        [
          {"name": "7d15b18b-1e0d6e3f.jpg", "timestamp": 10000,
           "attributes": {"weather": "partly cloudy", "timeofday": "daytime", "scene": "city street"},
           "labels": [{"id": "4", "attributes": {"weather": "none of this"}, "category": "car",
                       "box2d": {"x1": 45.2, "y1": 254.5, "x2": 357.8, "y2": 487.9}}]},
          {"name": "b1c66a42-6f7d68ca.jpg",
           "attributes": {"weather": "rainy", "timeofday": "night", "scene": "highway"}},
          {"name": "7d209219-ccdc1a09.jpg", "labels": null,
           "attributes": {"weather": "undefined", "timeofday": "dawn/dusk", "scene": "highway"}}
        ]
        """);
    return new Expected("val", ids);
  }

  private static Expected mapillary(Fixture files, String version, int labels) {
    List<String> ids = List.of("-1m7A1wpY0VCHyvGAQ2zCQ", "_2Rs9sTZkfXM6D8vLGjIAA");
    for (String id : ids) {
      files
          .image("validation/images/" + id + ".jpg", 2, labels / 2)
          .palette(
              "validation/" + version + "/labels/" + id + ".png",
              2,
              labels / 2,
              IntStream.range(0, labels).toArray())
          .grey16(
              "validation/" + version + "/instances/" + id + ".png",
              2,
              labels / 2,
              IntStream.range(0, labels).map(i -> 256 * i + i % 3).toArray());
    }
    return new Expected("val", ids);
  }

  private static Expected idd(Fixture files, String level, int classes, String suffix) {
    int[] values = IntStream.concat(IntStream.range(0, classes), IntStream.of(255)).toArray();
    for (String drive : List.of("201", "36")) {
      String label = "gtFine/val/" + drive + "/frame0029_gtFine_";
      files
          .image("leftImg8bit/val/" + drive + "/frame0029_leftImg8bit." + suffix, 1, values.length)
          .grey(label + "label" + level + "Ids.png", 1, values.length, values)
          .grey16(label + "instance" + level + "Ids.png", 1, values.length, 0, 4001)
          .text(label + "polygons.json", "{}");
    }
    return new Expected("val", List.of("36_frame0029", "201_frame0029"));
  }

  private static Expected iddLite(Fixture files) {
    for (String drive : List.of("119", "201")) {
      files
          .image("leftImg8bit/train/" + drive + "/024541_image.jpg", 2, 4)
          .grey("gtFine/train/" + drive + "/024541_label.png", 2, 4, 0, 1, 2, 3, 4, 5, 6, 255);
    }
    return new Expected("train", List.of("119_024541", "201_024541"));
  }

  private static Expected a2d2(Fixture files) {
    for (String number : List.of("000000091", "000001617")) {
      String at = "20180807_145028/";
      files
          .image(
              at + "camera/cam_front_center/20180807145028_camera_frontcenter_" + number + ".png",
              1,
              4)
          .color(
              at + "label/cam_front_center/20180807145028_label_frontcenter_" + number + ".png",
              1,
              4,
              0xFF0000,
              0xC80000,
              0xFF00FF,
              0x963204);
    }
    return new Expected(
        "all",
        List.of("20180807145028_frontcenter_000000091", "20180807145028_frontcenter_000001617"));
  }

  private static Expected wilddash2(Fixture files) {
    List<String> ids = List.of("aa0000_100000", "zm0004_100000");
    for (String id : ids) {
      files
          .image("images/" + id + ".jpg", 3, 13)
          .grey("labels/" + id + ".png", 3, 13, IntStream.range(0, 39).toArray());
    }
    return new Expected("all", ids);
  }

  private static Expected gta5(Fixture files) {
    for (String id : List.of("00001", "24966")) {
      files
          .image("images/" + id + ".png", 5, 7)
          .palette("labels/" + id + ".png", 5, 7, IntStream.range(0, 35).toArray());
    }
    return new Expected("all", List.of("00001", "24966"));
  }

  private static Expected acdc(Fixture files) {
    for (String path :
        List.of(
            "fog/val/GOPR0476/GOPR0476_frame_000854", "night/val/GOPR0356/GOPR0356_frame_000324")) {
      files
          .image("rgb_anon/" + path + "_rgb_anon.png", 1, 34)
          .grey("gt/" + path + "_gt_labelIds.png", 1, 34, CITYSCAPES_IDS)
          .grey("gt/" + path + "_gt_labelTrainIds.png", 1, 34, TRAIN_IDS)
          .grey("gt/" + path + "_gt_invIds.png", 1, 34, 0);
    }
    return new Expected("val", List.of("GOPR0356_frame_000324", "GOPR0476_frame_000854"));
  }

  /** The last digit of the whole name decides, not that of the number it starts with. */
  private static Expected comma10k(Fixture files) {
    for (String id :
        List.of(
            "0019_0085e9e41513078a_2018-08-19--13-26-08_11_864",
            "0009_ef581bf4d88a1ae6_2018-10-10--23-03-44_11_29")) {
      files
          .image("imgs/" + id + ".png", 1, 5)
          .color("masks/" + id + ".png", 1, 5, 0x402020, 0xFF0000, 0x808060, 0x00FF66, 0xCC00FF);
    }
    return new Expected("val", List.of("0009_ef581bf4d88a1ae6_2018-10-10--23-03-44_11_29"));
  }

  private static Expected vkitti2(Fixture files) {
    for (String variation : List.of("clone", "fog")) {
      String at = "Scene01/" + variation + "/frames/";
      files
          .image(at + "rgb/Camera_0/rgb_00001.jpg", 1, 3)
          .color(at + "classSegmentation/Camera_0/classgt_00001.png", 1, 3, 0xFF7F50, 0x643C64, 0)
          .palette(at + "instanceSegmentation/Camera_0/instancegt_00001.png", 1, 3, 4, 0, 0)
          .grey16(at + "depth/Camera_0/depth_00001.png", 1, 3, 1234, 65534, 65535);
    }
    return new Expected(
        "all", List.of("Scene01_clone_Camera_0_00001", "Scene01_fog_Camera_0_00001"));
  }

  private static Expected kittiDepth(Fixture files) {
    for (String frame : List.of("0000000005", "0000000006")) {
      String drive = "2011_09_26_drive_0002_sync/";
      files
          .image("2011_09_26/" + drive + "image_02/data/" + frame + ".png", 1, 3)
          .grey16(
              "val/" + drive + "proj_depth/groundtruth/image_02/" + frame + ".png",
              1,
              3,
              0,
              256,
              2560);
    }
    files.image("2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000000.png", 1, 3);
    String cropped = "depth_selection/val_selection_cropped/";
    files
        .image(cropped + "image/2011_09_26_drive_0002_sync_image_0000000008_image_02.png", 1, 3)
        .grey16(
            cropped
                + "groundtruth_depth/2011_09_26_drive_0002_sync_groundtruth_depth_0000000008_image_02.png",
            1,
            3,
            0,
            1,
            65535);
    return new Expected(
        "val",
        List.of("2011_09_26_drive_0002_02_0000000005", "2011_09_26_drive_0002_02_0000000006"));
  }

  private static Expected kittiDepthEigen(Fixture files) {
    kittiDepth(files);
    files.text(
        "eigen_test_files.txt",
        """
        2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000006.png 2011_09_26_drive_0002_sync/proj_depth/groundtruth/image_02/0000000006.png 721.5377
        2011_09_26/2011_09_26_drive_0002_sync/image_02/data/0000000000.png None 721.5377
        """);
    return new Expected("test", List.of("2011_09_26_drive_0002_02_0000000006"));
  }
}
