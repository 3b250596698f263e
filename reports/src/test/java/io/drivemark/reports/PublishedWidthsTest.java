package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.eval.runner.record.detail.Lineage.KeptLayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The widths that were published of three depth networks with joint masks (arXiv 1905.05212: one as
 * a file, two as a figure) stand in the report as they were published, with the shares that follow
 * from them; what the networks cost was worked out from the widths.
 */
class PublishedWidthsTest {
  private static final String PARENT = "monodepth";
  private static final int[] DENSE = {
    32, 32, 64, 64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 512, 512, 256, 128, 64, 32, 16
  };
  private static final int[] EIGEN = {
    14, 20, 27, 33, 40, 68, 94, 108, 168, 209, 157, 192, 25, 21, 17, 155, 101, 41, 27, 15, 6
  };
  private static final int[] FREE = {
    31, 32, 64, 63, 128, 128, 255, 255, 505, 510, 490, 492, 483, 484, 491, 505, 255, 123, 64, 31, 16
  };
  private static final int[] KITTI = {
    23, 28, 45, 51, 73, 90, 143, 202, 238, 223, 80, 63, 6, 2, 3, 13, 40, 60, 36, 20, 9
  };

  @TempDir static Path folder;
  private static String page;
  private static String markdown;

  @BeforeAll
  static void write() throws Exception {
    List<Entry> entries = new ArrayList<>();
    entries.add(entry(PARENT, DENSE, 31_600_072L, 14_974_000_000L));
    entries.add(entry(PARENT + "-joint-eigen", EIGEN, 5_951_842L, 4_729_000_000L));
    entries.add(entry(PARENT + "-joint-free", FREE, 30_240_904L, 14_735_000_000L));
    entries.add(entry(PARENT + "-joint-kitti", KITTI, 4_346_663L, 7_451_000_000L));
    page = Files.readString(Reports.write(SyntheticStudy.result(entries), folder));
    markdown = Files.readString(folder.resolve("report.md"));
  }

  private static Entry entry(String name, int[] widths, long params, long macs) {
    boolean isDense = name.equals(PARENT);
    Entry e =
        SyntheticStudy.entry(
            name,
            "monodepth",
            isDense ? Optional.empty() : Optional.of(PARENT),
            "onnxruntime",
            0.5,
            10 * macs / 14.974e9,
            1e6);
    ModelFacts m = e.model();
    ModelFacts model =
        new ModelFacts(
            name,
            m.architecture(),
            isDense ? "dense" : "joint",
            m.parent(),
            Optional.empty(),
            m.labels(),
            m.digest(),
            m.options(),
            Map.of(),
            isDense ? Optional.empty() : Optional.of(lineage(widths)));
    OptionalLong multiplications = OptionalLong.of(macs);
    return new Entry(
        e.folder(),
        model,
        true,
        List.of(),
        e.engine(),
        e.dataset(),
        e.input(),
        e.protocol(),
        e.accuracy(),
        Optional.of(
            new Cost(
                OptionalLong.of(params), multiplications, multiplications, OptionalLong.empty())),
        e.speed(),
        List.of(),
        List.of(),
        e.pass(),
        e.method());
  }

  private static Lineage lineage(int[] widths) {
    List<KeptLayer> layers = new ArrayList<>();
    for (int i = 0; i < DENSE.length; i++) {
      String name = i < 14 ? "enc" + (i / 2 + 1) + (i % 2 == 0 ? "a" : "b") : "upconv" + (21 - i);
      layers.add(new KeptLayer(name, i >= 14, DENSE[i], widths[i]));
    }
    return new Lineage("", "", "1", Optional.empty(), layers, List.of());
  }

  /** The part of the page about one variant. */
  private static String figure(String label) {
    int from = page.indexOf("</i>" + label + " · onnxruntime</h4>");
    from = from < 0 ? page.indexOf("</i>" + label + "</h4>") : from;
    assertTrue(from > 0, label);
    return page.substring(from, page.indexOf("</figure>", from)).replaceAll("\\s+", " ");
  }

  /** In each figure's table: filters left, of how many, in the network's order. */
  private static List<int[]> rows(String figure) {
    return Pattern.compile("<td class=\"n\">([0-9]+)</td><td class=\"n\">([0-9]+)</td>")
        .matcher(figure)
        .results()
        .map(m -> new int[] {Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))})
        .toList();
  }

  @Test
  void everyLayerHasThePublishedWidths() {
    for (Map.Entry<String, int[]> row :
        Map.of("joint-eigen", EIGEN, "joint-free", FREE, "joint-kitti", KITTI).entrySet()) {
      List<int[]> rows = rows(figure(row.getKey()));
      assertEquals(
          Arrays.toString(row.getValue()),
          Arrays.toString(rows.stream().mapToInt(r -> r[0]).toArray()));
      assertEquals(
          Arrays.toString(DENSE), Arrays.toString(rows.stream().mapToInt(r -> r[1]).toArray()));
    }
    assertTrue(figure("joint-kitti").contains("title=\"enc7b: 2 of 512 filters\""));
    assertTrue(figure("joint-eigen").contains("title=\"upconv7: 17 of 512 filters\""));
  }

  @Test
  void encoderStandsAgainstDecoder() {
    assertParts("joint-eigen", 29, 24);
    assertParts("joint-free", 97, 98);
    assertParts("joint-kitti", 31, 12);
  }

  private static void assertParts(String label, int encoder, int decoder) {
    String parts =
        "<span><b>Encoder</b> "
            + encoder
            + " % of 4 032 filters</span> <span><b>Decoder</b> "
            + decoder
            + " % of 1 520 filters</span>";
    assertTrue(figure(label).contains(parts), figure(label));
  }

  /** The third has fewer parameters than the first and takes more multiply-accumulates. */
  @Test
  void parametersStandAgainstMultiplyAccumulatesAndTime() {
    assertKept("joint-eigen", 32, 19);
    assertKept("joint-free", 98, 96);
    assertKept("joint-kitti", 50, 14);
  }

  private static void assertKept(String label, int macs, int params) {
    String text = figure(label).replaceAll("<[^>]*>", "");
    assertTrue(text.matches(".*MACs ?" + macs + " % ?Parameters ?" + params + " %.*"), text);
    assertTrue(text.matches(".*Model-only latency ?[0-9]+ % ?Latency ?(≈ )?[0-9]+ %.*"), text);
  }

  @Test
  void markdownHasTheSharesToo() {
    assertTrue(
        markdown.contains(
            "- joint-kitti: 21 layers: 21 narrower, 0 gone, 0 as they were; 26 % of 5 552 filters"
                + " left; encoder 31 % of 4 032 filters, decoder 12 % of 1 520 filters.\n"),
        markdown);
    assertTrue(
        markdown.contains("joint-free: 21 layers: 15 narrower, 0 gone, 6 as they were; "),
        markdown);
  }
}
