package io.drivemark.datasets.catalog;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The declarations of datasets that come with the program. One is read when it is first asked for,
 * and kept: it is the same for as long as this process lives. Thread-safe.
 */
final class ShippedFormats {
  /** Their names, sorted. */
  static final List<String> NAMES =
      List.of(
          "a2d2",
          "acdc",
          "bdd100k",
          "camvid",
          "camvid-exact",
          "camvid-merged",
          "cityscapes",
          "cityscapes-coarse",
          "cityscapes-coarse-train-ids",
          "cityscapes-polygons",
          "cityscapes-train-ids",
          "comma10k",
          "gta5",
          "idd",
          "idd-level1",
          "idd-level2",
          "idd-lite",
          "kitti",
          "kitti-360",
          "kitti-depth",
          "kitti-depth-eigen",
          "mapillary-v1.2",
          "mapillary-v2.0",
          "vkitti2",
          "wilddash2");

  private static final Map<String, DatasetFormat> READ = new ConcurrentHashMap<>();

  private ShippedFormats() {}

  /**
   * The declaration of a dataset.
   *
   * @param name one of {@link #NAMES}
   */
  static DatasetFormat of(String name) {
    return READ.computeIfAbsent(name, ShippedFormats::read);
  }

  private static DatasetFormat read(String name) {
    String resource = "formats/" + name + ".yaml";
    return FormatReader.parse(resource, Resources.text(resource).orElseThrow());
  }
}
