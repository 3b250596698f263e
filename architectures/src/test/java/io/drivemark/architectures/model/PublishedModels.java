package io.drivemark.architectures.model;

import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Model files for the third-party weights, as a user would write them: input statistics are those
 * of the authors' code, in 0..255 units.
 */
final class PublishedModels {
  /**
   * ESPNetv2: width and size by name, with its mIoU on CamVid val as the authors' code gives it.
   */
  static final Map<String, Double> ESPNETV2_MIOU = new LinkedHashMap<>();

  static {
    ESPNETV2_MIOU.put("espnetv2_s_0.5_city_1024x512", 0.4803);
    ESPNETV2_MIOU.put("espnetv2_s_1.0_city_1024x512", 0.4962);
    ESPNETV2_MIOU.put("espnetv2_s_1.5_city_1024x512", 0.6006);
    ESPNETV2_MIOU.put("espnetv2_s_2.0_city_1024x512", 0.6370);
    ESPNETV2_MIOU.put("espnetv2_s_0.5_city_512x256", 0.4797);
    ESPNETV2_MIOU.put("espnetv2_s_2.0_city_512x256", 0.5507);
  }

  private PublishedModels() {}

  static Path espnetCamvid(Path folder) {
    return write(
        folder,
        """
        name: espnet-camvid-published
        file: %s
        architecture: espnet
        options: {p: 2, q: 8, classes: 12}
        input:
          size: 360x480
          channels: bgr
          mean: [110.33102643, 108.40886315, 105.03319369]
          std: [18392.05608825, 18536.1400617, 17825.6087808]
        labels: camvid-11
        output: logits
        """,
        "espnet_p_2_q_8_camvid");
  }

  static Path espnetCityscapes(Path folder) {
    return write(
        folder,
        """
        name: espnet-cityscapes-published
        file: %s
        architecture: espnet
        options: {p: 2, q: 8, classes: 20}
        input:
          size: 512x1024
          channels: bgr
          mean: [72.3923111, 82.90893555, 73.15840149]
          std: [11556.4014825, 11768.98772785, 11453.28243285]
        labels: cityscapes-19
        """,
        "espnet_p_2_q_8");
  }

  /** Stores weights of its linear layers as [8, 64] where the network has [8, 64, 1, 1]. */
  static Path cgnetCamvid(Path folder) {
    return write(
        folder,
        """
        name: cgnet-camvid-published
        file: %s
        architecture: cgnet
        options: {m: 3, n: 21}
        input:
          size: 360x480
          channels: rgb
          mean: [110.083, 108.226, 105.033]
          std: [1, 1, 1]
        labels: camvid-11
        """,
        "cgnet_m3n21_camvid_trainval");
  }

  /** {@code name} is the weights' file name without its suffix. */
  static Path espnetv2(Path folder, String name) {
    String width = name.substring("espnetv2_s_".length()).replaceFirst("_.*", "");
    String size = name.endsWith("1024x512") ? "512x1024" : "256x512";
    return write(
        folder,
        """
        name: espnetv2-%s-cityscapes-published
        file: %%s
        architecture: espnetv2
        options: {s: %s, classes: 20}
        input: {size: %s, mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375]}
        labels: cityscapes-19
        """
            .formatted(width, width, size),
        name);
  }

  private static Path write(Path folder, String yaml, String weights) {
    Path file = SharedData.require("weights/third-party/" + weights + ".pth");
    try {
      return Files.writeString(folder.resolve(weights + ".yaml"), yaml.formatted(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
