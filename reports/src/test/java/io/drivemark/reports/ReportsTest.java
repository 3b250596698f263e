package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.eval.runner.record.json.ReachFile;
import io.drivemark.eval.runner.record.reach.Reach;
import io.drivemark.problem.BadInputException;
import io.drivemark.reports.board.ReachRangeTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
  @TempDir Path folder;

  @Test
  void pageHoldsEverythingAndRefersToNothing() throws Exception {
    Path page = Reports.write(SyntheticStudy.write(folder), folder);
    String html = Files.readString(page);
    assertTrue(html.startsWith("<!DOCTYPE html>"), html.substring(0, 40));
    String markup = html.replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
    assertEquals(
        List.of(),
        Pattern.compile("(?:src|href)=\"([^\"]{0,60})")
            .matcher(markup)
            .results()
            .map(m -> m.group(1))
            .filter(address -> !address.startsWith("data:") && !address.startsWith("#"))
            .toList());
    assertTrue(markup.contains("content=\"default-src 'none'; "), "a policy forbids the network");
    assertEquals(4, html.split("<script", -1).length, "data, chart library, own script");
  }

  @Test
  void errorsThatMatterAndTheWorstFramesAreShown() throws Exception {
    StudyResult result = SyntheticStudy.write(folder);
    String html = Files.readString(Reports.write(result, folder));
    int table = html.indexOf("Errors that matter");
    assertTrue(table > 0);
    for (String heading :
        List.of(
            ">Safe mIoU<",
            ">People found<",
            ">Obstacle as road, ego-corridor<",
            ">Obstacle as road, near-field<",
            ">Boundary mIoU<",
            ">Worst 5 % of frames<",
            ">Worst slice<")) {
      assertTrue(html.indexOf(heading, table) > 0, heading);
    }
    assertTrue(html.contains("weather: rain ("), "the worst slice with its mIoU");
    // No entry has them: no column of dashes.
    assertFalse(html.contains(">iIoU<"));
    assertFalse(html.contains(">Road as obstacle, ego-corridor<"));
    int worst = html.indexOf("Where they fail");
    assertTrue(worst > table);
    assertTrue(html.indexOf("alt=\"Errors of alphanet-toy on frame", worst) > 0);
  }

  @Test
  void notesStandAtTheModelOnPageAndInMarkdown() throws Exception {
    StudyResult result = SyntheticStudy.write(folder);
    List<Entry> entries = new ArrayList<>(result.entries());
    Entry noted = entries.get(0).withNotes(List.of("every pixel <is> Sky"));
    entries.set(0, noted);
    String html = Files.readString(Reports.write(SyntheticStudy.result(entries), folder));
    int models = html.indexOf("<h2>Models</h2>");
    int note = html.indexOf("every pixel &lt;is", models);
    assertTrue(note > models && note < html.indexOf("<caption>", models), "between them: " + note);
    assertTrue(
        html.lastIndexOf(noted.model().name(), note) > models, "the note names the model before");
    assertTrue(html.contains("<abbr title=\"See the notes above the table of models\"> ‡</abbr>"));
    assertTrue(noted.complete(), "a note is no issue");
    String markdown = Files.readString(folder.resolve("report.md"));
    assertTrue(
        markdown.contains(
            "## Notes\n\n- "
                + noted.model().name()
                + " on "
                + noted.engine().name()
                + ": every pixel &lt;is&gt; Sky\n"),
        markdown);
  }

  @Test
  void howFarANetworkIsBehindTheBestIsShown() throws Exception {
    StudyResult result = SyntheticStudy.write(folder);
    List<Entry> entries = new ArrayList<>(result.entries());
    int dense = 0;
    while (entries.get(dense).model().parent().isPresent()) {
      dense++;
    }
    entries.set(
        dense,
        entries
            .get(dense)
            .withDifferences(
                List.of(
                    new MiouDifference(
                        "best", -0.0123, OptionalDouble.of(-0.02), OptionalDouble.of(0.004)))));
    String html = Files.readString(Reports.write(SyntheticStudy.result(entries), folder));
    assertTrue(html.contains(">Behind the best<"));
    assertTrue(html.contains("−1.23 (−2.00 to +0.40)"));
    String without = Files.readString(Reports.write(result, folder));
    assertFalse(without.contains(">Behind the best<"), "no column of dashes");
  }

  @Test
  void recordsWithoutADiagnosisHaveNoSuchSections() throws Exception {
    StudyResult result = SyntheticStudy.write(folder);
    StudyResult older =
        new StudyResult(
            result.started(),
            result.finished(),
            result.study(),
            result.environment(),
            List.of(
                SyntheticStudy.with(result, "an issue").entries().get(0)), // without a diagnosis
            List.of());
    String html = Files.readString(Reports.write(older, folder));
    assertFalse(html.contains("Errors that matter"));
    assertFalse(html.contains("Where they fail"));
  }

  @Test
  void namesInRecordsCannotBecomeMarkup() throws Exception {
    StudyResult result = SyntheticStudy.with(SyntheticStudy.write(folder), "<b>bad</b> </script>");
    String html = Files.readString(Reports.write(result, folder));
    assertTrue(
        html.contains("&lt;b>bad&lt;/b>") || html.contains("&lt;b&gt;bad&lt;/b&gt;"), "escaped");
    assertFalse(html.contains("<b>bad</b>"));
  }

  @Test
  void namesOfModelsEnginesAndDatasetsStayWordsEverywhere() throws Exception {
    String bad = "=A1|[x](http://evil)`<img src=x>`\n# *y* <b>";
    SyntheticStudy.write(folder);
    Entry e =
        SyntheticStudy.entry(bad, "<arch>", Optional.empty(), "<eng>|" + bad, 0.5, 9.1, 0.36e6)
            .withNotes(List.of(bad));
    Entry named =
        new Entry(
            e.folder(),
            e.model(),
            e.complete(),
            List.of(bad),
            e.engine(),
            new DatasetFacts(bad, "<split>|", 40, 360, 480, "d1"),
            e.input(),
            new ProtocolFacts("`p|`", "feedfacecafe0123", "identity", "<grid>"),
            e.accuracy(),
            e.cost(),
            e.speed(),
            e.perImage(),
            e.pictures(),
            e.pass(),
            e.method());
    String html = Files.readString(Reports.write(SyntheticStudy.result(List.of(named)), folder));
    String page = html.replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
    assertFalse(page.contains("<img src=x>"), "no picture");
    assertFalse(page.contains("<arch>") || page.contains("<eng>"), "no tags");
    String markdown = Files.readString(folder.resolve("report.md"));
    assertTrue(markdown.contains("Protocol `'p|'` (feedfacecafe0123), grid `<grid>`. "), markdown);
    assertFalse(markdown.replace("`<grid>`", "").contains("<"), markdown);
    assertFalse(markdown.contains("[x]("), markdown);
    assertFalse(markdown.contains("http://"), markdown);
    assertFalse(Pattern.compile("(?m)^# (?!Drivemark report)").matcher(markdown).find(), markdown);
    markdown
        .lines()
        .filter(line -> line.startsWith("| ●") || line.startsWith("| \\"))
        .forEach(line -> assertTrue(line.endsWith(" |"), line));
    String csv = Files.readString(folder.resolve("results.csv"));
    assertTrue(csv.contains("\"'=A1|[x]"), csv);
    assertFalse(Pattern.compile("(?m)(^|,)\"?=").matcher(csv).find(), csv);
  }

  /** Names that come from label files, file names and attributes of a dataset. */
  @Test
  void namesOfClassesSamplesAndAttributesStayWordsEverywhere() throws Exception {
    String tag = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
    String bad = "=A1|[x](http://evil)`" + tag + "\n# *y* <u>";
    StudyResult result = SyntheticStudy.write(folder);
    Entry e = result.entries().get(0);
    OptionalDouble half = OptionalDouble.of(0.5);
    Accuracy a = e.accuracy().orElseThrow();
    List<Accuracy.ClassScore> classes = new ArrayList<>(a.classes());
    classes.set(3, new Accuracy.ClassScore(bad, 0x123456, half, half, half, half, 1000));
    Picture p = e.pictures().get(0);
    Picture picture = new Picture(bad, p.image(), p.truth(), p.prediction(), p.error());
    Diagnosis d = e.diagnosis().orElseThrow();
    Entry named =
        new Entry(
            e.folder(),
            e.model(),
            e.complete(),
            e.issues(),
            e.engine(),
            e.dataset(),
            e.input(),
            e.protocol(),
            Optional.of(
                new Accuracy(
                    a.miou(),
                    a.pixelAccuracy(),
                    a.meanAccuracy(),
                    a.frequencyWeightedIou(),
                    classes,
                    a.confusion())),
            e.cost(),
            e.speed(),
            List.of(
                new ImageScore(bad, half, Map.of(bad, bad)),
                new ImageScore("=2" + bad, OptionalDouble.of(0.1), Map.of(bad, "b"))),
            List.of(picture),
            e.pass(),
            e.method(),
            e.confidence(),
            List.of(
                new SliceScore(bad, bad, 30, half),
                new SliceScore(bad, "b", 10, OptionalDouble.of(0.1))),
            List.of(),
            Optional.of(
                new Diagnosis(
                    d.images(),
                    new Diagnosis.Boundary(
                        0.02, half, List.of(new Diagnosis.ClassValue(bad, half))),
                    Optional.of(new Diagnosis.Safe(bad, half, half)),
                    d.people(),
                    List.of(new Diagnosis.Region(bad, half, half)),
                    Optional.of(
                        new Diagnosis.ObjectScores(
                            half, List.of(new Diagnosis.ObjectScore(bad, 12.5, half)))),
                    List.of(picture))),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    String html = Files.readString(Reports.write(SyntheticStudy.result(List.of(named)), folder));
    assertEquals(4, html.split("<script", -1).length, "data, chart library, own script");
    assertEquals(4, html.split("</script", -1).length, "and nothing ends them");
    String page = html.replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
    assertFalse(page.contains("<img src=x"), "no picture");
    assertFalse(page.contains("<u>"), "no tags");
    assertFalse(Pattern.compile("<[^>]* onerror=").matcher(page).find(), "no attributes");
    for (String section : List.of("Where they fail", "Where they are weak")) {
      int from = page.indexOf("<h2>" + section);
      assertTrue(from > 0, section);
      assertTrue(page.indexOf("=A1|[x](http://evil)`&lt;/script", from) > 0, section);
    }
    String markdown = Files.readString(folder.resolve("report.md"));
    assertFalse(Pattern.compile("<(script|img|u)\\b").matcher(markdown).find(), markdown);
    assertFalse(markdown.contains("[x]("), markdown);
    assertFalse(Pattern.compile("(?m)^# (?!Drivemark report)").matcher(markdown).find(), markdown);
    String csv = Files.readString(folder.resolve("results.csv"));
    assertFalse(Pattern.compile("(?m)(^|,)\"?=").matcher(csv).find(), csv);
  }

  @Test
  void howEachNetworkWasReadStandsOnThePage() throws Exception {
    StudyResult result = SyntheticStudy.write(folder);
    String without = Files.readString(Reports.write(result, folder));
    assertFalse(without.contains("How each network was read"), "nothing is said of any");
    List<Entry> entries = new ArrayList<>(result.entries());
    Entry e = entries.get(0);
    entries.set(
        0,
        e.withModel(
                e.model()
                    .withReading(
                        List.of(
                            "takes: image float32 [1, 3, ?, ?], channels-first",
                            "answers: scores [1, 11, ?, ?] <b>, logits; the only output")))
            .withNotes(List.of("output 11 is beyond the classes & void")));
    String html = Files.readString(Reports.write(SyntheticStudy.result(entries), folder));
    int from = html.indexOf("<h3>How each network was read</h3>");
    assertTrue(from > html.indexOf("<h2>How each number was made</h2>"), "in that section");
    String section = html.substring(from, html.indexOf("<h3>The networks</h3>", from));
    assertEquals(
        "<h3>How each network was read</h3>"
            + "<details><summary>alphanet-toy</summary><dl class=\"facts\">"
            + "<dt>Takes</dt><dd>image float32 [1, 3, ?, ?], channels-first</dd>"
            + "<dt>Answers</dt><dd>scores [1, 11, ?, ?] &lt;b>, logits; the only output</dd>"
            + "<dt>Notes</dt><dd><p>output 11 is beyond the classes &amp; void</p></dd>"
            + "</dl></details>",
        section.replaceAll("\\s*\n\\s*", "").replace("&lt;b&gt;", "&lt;b>"));
  }

  @Test
  void picturesOutsideOfTheFolderAreNotShown() throws Exception {
    StudyResult result = SyntheticStudy.write(folder);
    Entry e = result.entries().get(0);
    for (String name : List.of("/etc/passwd", "../../../secret.png")) {
      Entry foreign =
          new Entry(
              e.folder(),
              e.model(),
              e.complete(),
              e.issues(),
              e.engine(),
              e.dataset(),
              e.input(),
              e.protocol(),
              e.accuracy(),
              e.cost(),
              e.speed(),
              e.perImage(),
              List.of(new Picture("f", name, name, name, name)),
              e.pass(),
              e.method());
      BadInputException refused =
          assertThrows(
              BadInputException.class,
              () -> Reports.write(SyntheticStudy.result(List.of(foreign)), folder));
      assertTrue(refused.getMessage().startsWith("results.json: '" + name), refused.getMessage());
    }
  }

  @Test
  void csvHasOneRowAnEntryAndUnroundedNumbers() throws Exception {
    Reports.write(SyntheticStudy.write(folder), folder);
    List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
    assertEquals(13, lines.size());
    assertTrue(
        lines.get(0).startsWith("dataset,split,protocol,protocol_digest,grid,model,engine,miou,"),
        lines.get(0));
    assertTrue(
        lines
            .get(1)
            .startsWith(
                "toydrive,val,cityscapes,feedfacecafe0123,logits-bilinear,alphanet-toy,onnxruntime,0.5521,"),
        lines.get(1));
  }

  @Test
  void sliceAndIntervalStandBesideTheMean() throws Exception {
    String html = Files.readString(Reports.write(SyntheticStudy.write(folder), folder));
    assertTrue(html.contains("<h2>Where they are weak</h2>"));
    assertTrue(html.contains("weather: rain"));
    assertTrue(
        html.contains(
            "Upright whiskers are 95 % intervals of mIoU: 4 made-up drives drawn 1,000 times with"
                + " replacement."));
    assertTrue(html.contains("\"valueLow\":0.5311"), "the chart has the interval of alphanet");
    List<String> csv = Files.readAllLines(folder.resolve("results.csv"));
    int low = List.of(csv.get(0).split(",")).indexOf("miou_low");
    assertEquals(0.5311, Double.parseDouble(csv.get(1).split(",")[low]), 1e-9);
  }

  @Test
  void whatPruningBoughtStandsOnThePageInMarkdownAndInTheCsv() throws Exception {
    String html = Files.readString(Reports.write(SyntheticStudy.write(folder), folder));
    assertTrue(html.contains("<h2>What pruning bought</h2>"));
    assertTrue(html.contains("<h3>Variants of betanet-x2.0-toy</h3>"));
    assertTrue(
        html.contains("filter, l1 · macs=0.6 at 360x480, scope layer · fine-tuned, 12 epochs"));
    assertTrue(html.contains("−1.71 points of mIoU (−2.51 to −1.01)"));
    assertTrue(html.contains("40 layers: "), "the widths are described in words too");
    assertTrue(html.contains("title=\"layer4: gone, had 32 filters\""), "and layer by layer");
    assertTrue(html.contains("\"short\":\"filter-l1-60\""), "the scatter's labels are short");
    String text = Files.readString(folder.resolve("report.md"));
    assertTrue(text.contains("### What pruning bought"), text);
    assertTrue(
        text.contains("| filter-l1-60 · onnxruntime | 67.02 | −1.71 | −2.51 | −1.01 |"), text);
    List<String> csv = Files.readAllLines(folder.resolve("results.csv"));
    List<String> heads = List.of(csv.get(0).split(","));
    String[] variant = csv.get(3).split(",", -1);
    assertEquals(-0.0171, Double.parseDouble(variant[heads.indexOf("miou_change")]), 1e-9);
    assertEquals("filter", variant[heads.indexOf("prune_technique")]);
    assertEquals("", csv.get(1).split(",", -1)[heads.indexOf("miou_change")]);
  }

  @Test
  void whereTheTimeGoesStandsOnThePageAndInMarkdown() throws Exception {
    String html = Files.readString(Reports.write(SyntheticStudy.write(folder), folder));
    assertTrue(html.contains("<h2>Where the time goes</h2>"));
    String advice =
        "The last step of gammanet-toy, transposed convolution up, is 5 % of the"
            + " multiply-accumulates and 20 % of the time. The architecture can leave it to bilinear"
            + " interpolation: --option tail=bilinear.";
    assertTrue(html.contains(advice));
    assertTrue(html.contains("title=\"depthwise convolution: "));
    String text = Files.readString(folder.resolve("report.md"));
    assertTrue(text.contains("- " + advice), text);
    String keepers =
        "betanet-x2.0-toy-filter-l1-60 saves 39 % of the multiply-accumulates, but the engine's"
            + " time changes by −30.9 %. What keeps the time: change of memory layout (19 % of its"
            + " time for 0 % of its multiply-accumulates, 0.0 % against the parent; most in move); 3×3"
            + " convolution (51 % of its time for 83 % of its multiply-accumulates, −30.9 % against the"
            + " parent; most in stem).";
    assertTrue(text.contains("- " + keepers), text);
    assertTrue(html.contains(keepers.replace("'", "&#39;")) || html.contains(keepers));
  }

  @Test
  void whatRandomPruningReachesStandsOnThePage() throws Exception {
    StudyResult result = SyntheticStudy.write(folder);
    Reach reach = ReachRangeTest.reach();
    ReachFile.write(ReachFile.file(folder, reach.conditions()), reach);
    String html = Files.readString(Reports.write(result, folder));
    assertTrue(html.contains("<h2>What random pruning reaches</h2>"));
    assertTrue(html.contains("onnxruntime 0.0-synthetic, 2 threads, input 180x240, seed 1"));
    assertTrue(
        html.contains("Over 3 random variants, filter pruning reaches 60 % to 80 % of the"), html);
    assertTrue(
        html.contains(
            "{\"kind\":\"layer\",\"number\":1,\"macs\":0.9,\"params\":0.9,\"latency\":0.88}"));
  }

  @Test
  void markdownSaysWhatToDriveWith() throws Exception {
    Reports.write(SyntheticStudy.write(folder), folder);
    String text = Files.readString(folder.resolve("report.md"));
    assertTrue(text.contains("**Drive with betanet-x2.0-toy if a frame may take "), text);
    assertTrue(text.contains("| ● alphanet-toy | onnxruntime | 55.21 |"), text);
  }
}
