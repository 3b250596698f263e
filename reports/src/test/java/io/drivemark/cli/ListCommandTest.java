package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Criteria;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.pruning.gate.GateCriteria;
import io.drivemark.architectures.variant.Imprinting;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.catalog.DatasetPage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListCommandTest {
  @Test
  void unknownKindNamesTheNearest() {
    Invocation typo = Invocation.of("list", "engins");
    assertEquals(2, typo.exitCode());
    assertEquals(
        List.of(
            "drivemark list: 'engins' cannot be listed (did you mean 'engines'?); there are"
                + " datasets, models, engines, mappings, protocols, gauges, figures, criteria,"
                + " targets, corruptions, cues, published, architectures"),
        typo.err().lines().toList());
  }

  @Test
  void cuesAreListedWithWhatTheyDo() throws Exception {
    List<String> lines = Invocation.of("list", "cues").fine().out().lines().toList();
    assertTrue(
        lines.contains(
            "keyframes\truns the network on every k-th frame and keeps its labels, or warps them,"
                + " between"),
        lines.toString());
    JsonNode rows =
        new ObjectMapper().readTree(Invocation.of("list", "cues", "--json").fine().out());
    assertEquals(lines.size(), rows.size());
    assertEquals("cascade", rows.get(0).get("name").textValue());
  }

  @Test
  void publishedRowsAreListedWithTheirTagAndSource() throws Exception {
    List<String> lines = Invocation.of("list", "published").fine().out().lines().toList();
    assertEquals(71, lines.size());
    assertTrue(
        lines.contains(
            "rtseg-test\tENet\tgflops=3.83, classIou=58.3, classIiou=24.4, categoryIou=80.4,"
                + " categoryIiou=64.0\treadme\tCityscapes test\tRTSeg, CVPRW 2018 (arXiv 1803.02758),"
                + " github.com/MSiam/TFSegmentation"),
        lines.toString());
    JsonNode rows =
        new ObjectMapper()
            .readTree(Invocation.of("list", "published", "joint-kitti", "--json").fine().out());
    assertEquals(10, rows.size());
    assertEquals("0.1101", rows.get(7).get("values").get("absRel").textValue());
    Invocation.refused(
        List.of(
            "drivemark list: 'joint-kiti' is not one of the published (did you mean"
                + " 'joint-kitti'?); there are ftwt-cifar10, ftwt-imagenet, layerprune, joint-kitti,"
                + " joint-eigen, rtseg-test, rtseg-val"),
        "list",
        "published",
        "joint-kiti");
  }

  @Test
  void detailsOfAnArchitectureAreThoseOfItsGraph() throws Exception {
    JsonNode row =
        new ObjectMapper()
            .readTree(
                Invocation.of("list", "architectures", "fast-scnn", "--details", "--json")
                    .fine()
                    .out())
            .get(0);
    assertEquals("fast-scnn", row.get("name").textValue());
    Network network = Architectures.build("fast-scnn", Map.of(), 11, 1);
    assertEquals(network.parameters(), row.get("params").longValue());
    for (int[] size : new int[][] {{360, 480}, {360, 640}, {512, 1024}}) {
      Cost cost = Cost.of(network, size[0], size[1]);
      String key = size[0] + "x" + size[1];
      assertEquals(cost.macs(), row.get("macs").get(key).longValue());
      assertEquals(cost.activationBytes(), row.get("activationBytes").get(key).longValue());
      assertEquals(cost.peakActivationBytes(), row.get("peakActivationBytes").get(key).longValue());
      String field = row.get("receptiveField").get(key).textValue();
      assertTrue(field.endsWith(" (the whole image)"), field);
    }
  }

  @Test
  void detailsAreAPageOfLinesAndNamesChoose() {
    List<String> lines =
        Invocation.of("list", "architectures", "edanet", "--details").fine().out().lines().toList();
    assertEquals("name\tedanet", lines.get(0));
    assertTrue(lines.contains("params\t" + (689_485 - 8 * 451)), lines.toString());
    assertEquals(1, lines.stream().filter(l -> l.startsWith("name\t")).count());
    assertEquals("", lines.get(lines.size() - 1));
  }

  @Test
  void optionsOfAnArchitectureStandOnItsLineAndInFullOnItsPage() {
    String summary = Architectures.named("segnet").summary();
    assertEquals(
        List.of("segnet\t" + summary + "\tsegmentation\twidth=1.0"),
        Invocation.of("list", "architectures", "segnet").fine().out().lines().toList());
    assertEquals(
        List.of(
            "monodepth\t"
                + Architectures.named("monodepth").summary()
                + "\tdepth\twidth=1.0, output=disparities"),
        Invocation.of("list", "architectures", "monodepth").fine().out().lines().toList());
    List<String> page =
        Invocation.of("list", "architectures", "segnet", "--details").fine().out().lines().toList();
    String option =
        "options\twidth = 1.0 (multiplies the channels of every layer; a number from 0.125 to 2.0)";
    assertTrue(page.contains(option), page.toString());
  }

  @Test
  void detailsOfAModelSayWhatItsArchitectureIs() {
    String name = Models.names().get(0);
    String architecture = Models.load(name).spec().architecture();
    List<String> lines =
        Invocation.of("list", "models", name, "--details").fine().out().lines().toList();
    assertTrue(
        lines.contains("source\t" + Architectures.named(architecture).summary()), lines.toString());
  }

  @Test
  void detailsOfWhatHasNoGraphAndUnknownNamesAreRefused() {
    Invocation.refused(
        List.of(
            "drivemark list: --details is for datasets, models and architectures: engines"
                + " have none"),
        "list",
        "engines",
        "--details");
    Invocation typo = Invocation.of("list", "engines", "onnxruntim");
    assertEquals(2, typo.exitCode());
    assertTrue(
        typo.err()
            .startsWith(
                "drivemark list: 'onnxruntim' is not one of the engines (did you mean"
                    + " 'onnxruntime'?); there are "),
        typo.err());
  }

  @Test
  void detailsOfOneDatasetAreItsPage() throws Exception {
    Invocation page = Invocation.of("list", "datasets", "comma10k", "--details").fine();
    assertEquals(DatasetPage.of("comma10k"), page.out().lines().toList());
    assertTrue(page.out().contains("ROOT/"), page.out());
    JsonNode json =
        new ObjectMapper()
            .readTree(
                Invocation.of("list", "datasets", "gta5", "--details", "--json").fine().out());
    assertEquals(DatasetPage.of("gta5").size(), json.get("gta5").size());
  }

  @Test
  void detailsOfAllDatasetsAreAllPages() {
    Invocation pages = Invocation.of("list", "datasets", "--details").fine();
    for (String name : Datasets.names()) {
      assertTrue(pages.out().lines().anyMatch(name::equals), name);
    }
  }

  @Test
  void aModelsLineHasTheFiguresOfItsMakingAndNotItsRecipe() {
    List<String> lines =
        Invocation.of("list", "models", "espnet-synthdrive-filter-taylor-weight-52")
            .fine()
            .out()
            .lines()
            .toList();
    assertEquals(
        List.of(
            "espnet-synthdrive-filter-taylor-weight-52\tespnet\tsynthdrive\tfilter"
                + "\tespnet-synthdrive\tcamvid-11\t240x320\t157441"
                + "\tkept-macs=0.5238751119483648, latency-measured=0.5925, val-miou=0.4778"),
        lines);
  }

  @Test
  void gaugesSayWhenTheyJudge() {
    Map<String, List<String>> lines = rows("gauges");
    assertEquals(
        Gauges.installed().all().stream().map(Gauge::name).toList(), List.copyOf(lines.keySet()));
    assertEquals("always", lines.get("confusion").get(1));
    assertEquals("in studies; in score on request", lines.get("boundary-iou").get(1));
    assertEquals("in score; in studies on request", lines.get("region-miou").get(1));
    assertEquals("on request", lines.get("flicker").get(1));
    for (String name : Gauges.installed().onRequest(Gauge.Occasion.SCORE)) {
      assertTrue(lines.get(name).get(1).matches("(in studies; in score )?on request"), name);
    }
    assertTrue(List.of(lines.get("confusion").get(2).split(", ")).contains("miou"));
  }

  @Test
  void everyFigureIsListedWithItsGaugeAndWhatItSays() {
    Map<String, List<String>> lines = rows("figures");
    for (Figure figure : Gauges.installed().figures()) {
      assertEquals(
          List.of(
              figure.id(),
              Gauges.installed().ofFigure(figure.id()).orElseThrow().name(),
              figure.title(),
              figure.unit().name().toLowerCase(Locale.ROOT),
              figure.better().name().toLowerCase(Locale.ROOT),
              figure.about()),
          lines.get(figure.id()));
    }
    assertEquals(Gauges.installed().figures().size(), lines.size());
  }

  @Test
  void whatPruningChoosesByIsListed() {
    Map<String, List<String>> criteria = rows("criteria");
    assertEquals(PruneRequest.criteria(Technique.LAYER), List.copyOf(criteria.keySet()));
    assertEquals(
        List.of("l1", Criteria.named("l1").summary(), "filter, layer"), criteria.get("l1"));
    assertEquals(
        List.of("imprint", Imprinting.summary("imprint"), "layer"), criteria.get("imprint"));
    Map<String, List<String>> targets = rows("targets");
    assertEquals(List.of("mass", "uniform"), List.copyOf(targets.keySet()));
    assertEquals(List.of("mass", GateCriteria.named("mass").summary()), targets.get("mass"));
  }

  /** The fields of each line by the first. */
  private static Map<String, List<String>> rows(String kind) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    Invocation.of("list", kind)
        .fine()
        .out()
        .lines()
        .forEach(line -> rows.put(line.split("\t")[0], List.of(line.split("\t", -1))));
    return rows;
  }
}
