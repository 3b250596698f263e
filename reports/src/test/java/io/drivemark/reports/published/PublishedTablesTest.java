package io.drivemark.reports.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.config.ConfigFile;
import io.drivemark.problem.BadInputException;
import io.drivemark.reports.published.PublishedTables.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublishedTablesTest {
  private static final Path SHIPPED = Path.of("src/main/resources/io/drivemark/reports/published");

  @Test
  void everyTableHasAsManyRowsAsWerePublished() {
    Map<String, Integer> rows = new LinkedHashMap<>();
    PublishedTables.all().forEach(t -> rows.put(t.name(), t.rows().size()));
    assertEquals(
        Map.of(
            "ftwt-cifar10", 11,
            "ftwt-imagenet", 16,
            "layerprune", 7,
            "joint-kitti", 10,
            "joint-eigen", 12,
            "rtseg-test", 6,
            "rtseg-val", 9),
        rows);
  }

  @Test
  void everyShippedFileIsListedUnderItsName() throws Exception {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      assertEquals(
          new TreeSet<>(PublishedTables.NAMES),
          files
              .map(f -> f.getFileName().toString().replace(".yaml", ""))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertEquals(
        PublishedTables.NAMES, PublishedTables.all().stream().map(PublishedTable::name).toList());
  }

  @Test
  void everyRowSaysWhereItWasReadAndEveryTableItsSource() {
    for (PublishedTable table : PublishedTables.all()) {
      assertTrue(table.source().contains("arXiv"), table.name());
      for (PublishedRow row : table.rows()) {
        assertTrue(Provenance.of(row.provenance().tag()).isPresent(), table.name());
        assertTrue(row.values().size() >= 2, table.name() + ": " + row.network());
      }
    }
  }

  @Test
  void rowsNameArchitecturesOfTheZoo() {
    Set<String> named =
        PublishedTables.all().stream()
            .flatMap(t -> t.rows().stream())
            .flatMap(r -> r.architectures().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(named.size() > 8, named.toString());
    named.removeAll(Architectures.names());
    assertEquals(Set.of(), named);
  }

  /** Figures that a publication derives from others: a slip of the pen shows here. */
  @Test
  void printedFiguresAgreeWithEachOther() {
    for (PublishedRow row : table("ftwt-imagenet").rows()) {
      assertEquals(
          number(row, "drop"), number(row, "baseTop1").subtract(number(row, "top1")), "" + row);
    }
    for (String name : List.of("joint-kitti", "joint-eigen")) {
      for (PublishedRow row : table(name).rows()) {
        assertTrue(number(row, "delta1").compareTo(number(row, "delta2")) < 0, "" + row);
        assertTrue(number(row, "delta2").compareTo(number(row, "delta3")) < 0, "" + row);
        if (row.values().containsKey("paramsSaved")) {
          double left = number(row, "params").doubleValue() / 31.6;
          assertEquals(number(row, "paramsSaved").doubleValue(), 100 * (1 - left), 0.6, "" + row);
        }
      }
    }
  }

  @Test
  void valuesStayAsTheyWerePrinted() {
    PublishedRow released = table("joint-eigen").rows().get(9);
    assertEquals("VGG+L_total", released.network());
    assertEquals("0.1452", released.values().get("absRel"));
    assertEquals("5.835", released.values().get("rmse"));
    assertEquals("1.00", table("ftwt-cifar10").rows().get(9).values().get("ratio"));
    assertEquals(
        List.of("ResNet-34", "Taylor", "no", "73.31", "72.83", "0.48", "22.25", "figure"),
        PublishedWords.cells(table("ftwt-imagenet"), table("ftwt-imagenet").rows().get(0)));
    assertEquals(
        List.of("MobileNetV1", "FTWT r = 1", "yes", "69.57", "69.66", "−0.09", "41.07", "readme"),
        PublishedWords.cells(table("ftwt-imagenet"), table("ftwt-imagenet").rows().get(15)));
    assertEquals(
        "–", PublishedWords.cells(table("rtseg-test"), table("rtseg-test").rows().get(2)).get(1));
  }

  @Test
  void aTableStandsBesideItsTechniqueItsTaskOrItsArchitectures() {
    assertEquals(List.of(), beside(Set.of("dense"), Set.of("bisenetv2"), "segmentation"));
    assertEquals(
        List.of("ftwt-cifar10 11", "ftwt-imagenet 16"),
        beside(Set.of("dense", "dynamic"), Set.of("dabnet"), "segmentation"));
    assertEquals(List.of("layerprune 7"), beside(Set.of("layer"), Set.of(), "segmentation"));
    assertEquals(List.of("joint-kitti 10", "joint-eigen 12"), beside(Set.of(), Set.of(), "depth"));
    assertEquals(
        List.of("rtseg-test 1", "rtseg-val 2"),
        beside(Set.of("filter"), Set.of("skipnet-mobilenet"), "segmentation"));
    assertEquals(List.of("rtseg-test 1"), beside(Set.of(), Set.of("enet"), "segmentation"));
  }

  @Test
  void aChangedNumberIsRefusedWithTheLineOfTheDigest() throws Exception {
    String text = text("rtseg-val").replace("miou: 61.3", "miou: 63.1");
    assertEquals(
        "rtseg-val.yaml: line 8: digest: found 2716d023779e, but the rows give "
            + "@: a row is not as it was when the digest was written. Undo the change, or, if the"
            + " publication says so, write digest: @",
        refusal("rtseg-val", text).replaceAll("(rows give|write digest:) [0-9a-f]{12}", "$1 @"));
  }

  @Test
  void aRowThatIsTamperedWithIsRefusedWithLineAndKey() throws Exception {
    assertEquals(
        "rtseg-val.yaml: 2 problems\n"
            + "  line 15: key 'rows[1].tag' is missing: expected a text\n"
            + "  line 8: digest: @",
        change(
            "rtseg-val",
            "tag: readme, architectures: [skipnet-mobilenet], decoder: SkipNet, coarse: 'yes'",
            "decoder: SkipNet, coarse: 'yes'"));
    assertEquals(
        "rtseg-val.yaml: 2 problems\n"
            + "  line 14: rows[0].miou: found '613', expected a number from 0 to 100, or 'none'\n"
            + "  line 8: digest: @",
        change("rtseg-val", "miou: 61.3", "miou: 613"));
    assertEquals(
        "rtseg-val.yaml: 2 problems\n"
            + "  line 14: rows[0].tag: found memory, expected one of readme, figure, supplement,"
            + " abstract, catalogue\n"
            + "  line 8: digest: @",
        change("rtseg-val", "MobileNet, tag: readme", "MobileNet, tag: memory"));
    assertEquals(
        "rtseg-val.yaml: 3 problems\n"
            + "  line 14: key 'rows[0].miou' is missing: expected a text\n"
            + "  line 8: digest: @\n"
            + "  line 14: unknown key 'rows[0].mean'; known here: decoder, coarse, miou, tag, network,"
            + " architectures, note",
        change("rtseg-val", "miou: 61.3", "mean: 61.3"));
    assertEquals(
        "rtseg-val.yaml: line 7: belongs.tasks: found deph (did you mean 'depth'?), expected"
            + " segmentation, depth",
        change("rtseg-val", "belongs: {}", "belongs: {tasks: [deph]}"));
  }

  private static String change(String name, String from, String to) throws Exception {
    String text = text(name);
    assertTrue(text.contains(from), from);
    return refusal(name, text.replaceFirst(Pattern.quote(from), to))
        .replaceAll("digest: found[^\n]*", "digest: @");
  }

  private static String refusal(String name, String text) {
    ConfigFile file = ConfigFile.parse(name + ".yaml", text);
    return assertThrows(BadInputException.class, () -> PublishedFile.read(file)).getMessage();
  }

  private static String text(String name) throws Exception {
    return Files.readString(SHIPPED.resolve(name + ".yaml"), StandardCharsets.UTF_8);
  }

  private static List<String> beside(Set<String> techniques, Set<String> models, String task) {
    return PublishedTables.beside(new Topic(techniques, models, Set.of(task))).stream()
        .map(t -> t.name() + " " + t.rows().size())
        .toList();
  }

  private static PublishedTable table(String name) {
    return PublishedTables.all().stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static BigDecimal number(PublishedRow row, String column) {
    return new BigDecimal(row.values().get(column));
  }
}
