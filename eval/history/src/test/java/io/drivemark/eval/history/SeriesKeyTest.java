package io.drivemark.eval.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Task;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesKeyTest {
  private static final ProtocolFacts CITYSCAPES =
      new ProtocolFacts("cityscapes", "c0ffee", "identity", "logits-bilinear");
  private static final SeriesKey ENET =
      key("enet-camvid", "camvid", "val", "onnxruntime", 2, "fp32", "", 360, CITYSCAPES);

  @Test
  void versionsDigestsAndNumbersOfFramesAreNoPartOfIt() {
    SeriesKey one = SeriesKey.of(entry("aa", "1.29.0", 101, "d1", false));
    SeriesKey other = SeriesKey.of(entry("bb", "1.30.0", 50, "d2", false));
    assertEquals(ENET, one);
    assertEquals(one, other);
    assertEquals(one.digest(), other.digest());
  }

  @Test
  void depthIsASeriesOfItsOwn() {
    SeriesKey depth = SeriesKey.of(entry("aa", "1.29.0", 101, "d1", true));
    assertEquals(Task.DEPTH, depth.task());
    assertEquals(
        "enet-camvid on camvid/val with onnxruntime, 2 threads, at 360x480", depth.label());
    assertNotEquals(depth.digest(), ENET.digest());
  }

  @Test
  void eachPartMakesAnotherSeries() {
    List<SeriesKey> all =
        List.of(
            ENET,
            key("enet", "camvid", "val", "onnxruntime", 2, "fp32", "", 360, CITYSCAPES),
            key("enet-camvid", "kitti", "val", "onnxruntime", 2, "fp32", "", 360, CITYSCAPES),
            key("enet-camvid", "camvid", "test", "onnxruntime", 2, "fp32", "", 360, CITYSCAPES),
            key("enet-camvid", "camvid", "val", "pytorch", 2, "fp32", "", 360, CITYSCAPES),
            key("enet-camvid", "camvid", "val", "onnxruntime", 1, "fp32", "", 360, CITYSCAPES),
            key("enet-camvid", "camvid", "val", "onnxruntime", 2, "int8", "", 360, CITYSCAPES),
            key(
                "enet-camvid",
                "camvid",
                "val",
                "onnxruntime",
                2,
                "fp32",
                "masked",
                360,
                CITYSCAPES),
            key("enet-camvid", "camvid", "val", "onnxruntime", 2, "fp32", "", 720, CITYSCAPES),
            ofProtocol("cityscapes", "beef", "identity", "logits-bilinear"),
            ofProtocol("cityscapes", "c0ffee", "camvid-32-to-11", "logits-bilinear"),
            ofProtocol("cityscapes", "c0ffee", "identity", "labels-nearest"));
    Set<String> digests = new HashSet<>();
    all.forEach(k -> digests.add(k.digest()));
    assertEquals(all.size(), digests.size());
  }

  @Test
  void namesWithLinesInThemMakeNoOtherSeriesDigest() {
    SeriesKey one =
        key("a\ntask=segmentation", "b", "val", "onnxruntime", 2, "fp32", "", 360, CITYSCAPES);
    SeriesKey other =
        key("a", "segmentation\ndataset=b", "val", "onnxruntime", 2, "fp32", "", 360, CITYSCAPES);
    SeriesKey escaped =
        key("a\\ntask=segmentation", "b", "val", "onnxruntime", 2, "fp32", "", 360, CITYSCAPES);
    assertEquals(3, Set.of(one.digest(), other.digest(), escaped.digest()).size());
  }

  @Test
  void theDigestIsPinnedBecauseStoresKeepIt() {
    assertEquals("2d6ac40b2049155f360c0eab4ed978ab", ENET.digest());
  }

  @Test
  void labelsSayWhatIsUnusual() {
    assertEquals("enet-camvid on camvid/val with onnxruntime, 2 threads, at 360x480", ENET.label());
    assertEquals(
        "enet-camvid on camvid/val with onnxruntime, 1 thread, int8, gates masked, at 360x480, by"
            + " strict",
        key(
                "enet-camvid",
                "camvid",
                "val",
                "onnxruntime",
                1,
                "int8",
                "masked",
                360,
                new ProtocolFacts("strict", "c0ffee", "identity", "logits-bilinear"))
            .label());
  }

  @Test
  void noThreadsAreRefused() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> key("e", "c", "val", "onnxruntime", 0, "fp32", "", 360, CITYSCAPES));
    assertEquals("threads: at least 1, found 0", thrown.getMessage());
  }

  private static SeriesKey ofProtocol(String name, String digest, String mapping, String grid) {
    return key(
        "enet-camvid",
        "camvid",
        "val",
        "onnxruntime",
        2,
        "fp32",
        "",
        360,
        new ProtocolFacts(name, digest, mapping, grid));
  }

  private static SeriesKey key(
      String model,
      String dataset,
      String split,
      String engine,
      int threads,
      String precision,
      String form,
      int height,
      ProtocolFacts protocol) {
    return new SeriesKey(
        model,
        Task.SEGMENTATION,
        dataset,
        split,
        engine,
        threads,
        precision,
        form.isEmpty() ? Optional.empty() : Optional.of(form),
        new FrameSize(height, 480),
        protocol);
  }

  private static Entry entry(
      String model, String engine, int images, String data, boolean isDepth) {
    Entry entry =
        new Entry(
            "",
            new ModelFacts(
                "enet-camvid",
                "enet",
                "dense",
                Optional.empty(),
                Optional.empty(),
                "camvid-11",
                model,
                Map.of(),
                Map.of()),
            true,
            List.of(),
            new EngineFacts("onnxruntime", Optional.of(engine), 2, "fp32"),
            new DatasetFacts("camvid", "val", images, 360, 480, data),
            new FrameSize(360, 480),
            CITYSCAPES,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of());
    return isDepth ? entry.withDepth(DepthAccuracy.unjudged(DepthRule.everywhere())) : entry;
  }
}
