package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.metrics.MetricValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's gauge is one class and one line: it is in the evidence, the JSON, the CSV, the report,
 * the slices, {@code require:} and the score, and nothing of the project knows it.
 */
class AddedGaugeTest {
  private static final Columns COLUMNS = Columns.of(List.of("sky", "sky found"));

  /** The share of the sky's pixels that are predicted as sky. */
  public static class SkyGauge implements Gauge {
    @Override
    public String name() {
      return "sky";
    }

    @Override
    public int derivation() {
      return 1;
    }

    @Override
    public List<Figure> figures() {
      return List.of(Figure.share("skyFound", "Sky found", "The share of the sky that is found."));
    }

    @Override
    public Columns columns(LabelSpace space) {
      return COLUMNS;
    }

    @Override
    public Optional<Counter> counter(Subject subject) {
      int sky = subject.dataset().labels().indexOf("Sky").orElse(-1);
      return Optional.of(
          (frame, sink) -> {
            byte[] truth = frame.truth().pixels();
            byte[] predicted = frame.prediction().pixels();
            long all = 0;
            long found = 0;
            for (int i = 0; i < truth.length; i++) {
              if (truth[i] == sky) {
                all++;
                found += predicted[i] == sky ? 1 : 0;
              }
            }
            sink.add(frame.index(), Counts.of(COLUMNS, all, found));
          });
    }

    @Override
    public Reading read(Pool pool) {
      Counts sum = pool.sum(COLUMNS);
      return Reading.empty().with("skyFound", share(sum.number("sky found"), sum.number("sky")));
    }

    MetricValue share(long found, long all) {
      return all == 0
          ? MetricValue.undefined("there is no sky")
          : MetricValue.of((double) found / all);
    }
  }

  /** The same counts, read by a corrected rule: what is missed instead of what is found. */
  public static class CorrectedSkyGauge extends SkyGauge {
    @Override
    public int derivation() {
      return 2;
    }

    @Override
    MetricValue share(long found, long all) {
      return super.share(all - found, all);
    }
  }

  @TempDir Path folder;

  private Path study() throws IOException {
    Path study = folder.resolve("study.yaml");
    Files.writeString(
        study,
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, count: 12, seed: 3, size: 48x64, limit: 6}]
        models: [espnet-synthdrive]
        engines: [{name: onnxruntime, threads: 1}]
        size: 48x64
        latency: off
        """);
    return study;
  }

  private <T> T with(Class<? extends Gauge> gauge, Supplier<T> action) throws IOException {
    return Plugin.installed(folder, Gauge.class, gauge, action);
  }

  private JsonNode sky(Path out) throws IOException {
    JsonNode entry = new ObjectMapper().readTree(out.resolve("results.json").toFile());
    for (JsonNode reading : entry.at("/entries/0/readings")) {
      if (reading.get("gauge").asText().equals("sky")) {
        return reading;
      }
    }
    throw new AssertionError("no reading of the added gauge");
  }

  @Test
  void itIsEverywhereWithNoOtherChange() throws IOException {
    Path study = study();
    Files.writeString(study, "require: {skyFound: '>=1.5'}\n", StandardOpenOption.APPEND);
    Path out = folder.resolve("out");
    Invocation run =
        with(SkyGauge.class, () -> Invocation.of("run", study.toString(), "--out", out.toString()));
    assertEquals(1, run.exitCode(), run.err());
    JsonNode figure = sky(out).at("/figures/0");
    double value = figure.get("value").asDouble();
    assertTrue(value > 0 && value < 1, figure.toString());
    assertTrue(
        (run.out() + run.err()).contains("skyFound is "),
        "require: bounds it\n" + run.out() + run.err());
    assertTrue(figure.get("slices").size() > 1, "slices: " + figure);
    Path cell;
    try (var cells = Files.list(out.resolve("cells"))) {
      cell = cells.findFirst().orElseThrow();
    }
    List<String> evidence = Files.readAllLines(cell.resolve("evidence/sky.csv"));
    assertEquals("sample,sky,sky found", evidence.get(0));
    assertEquals(7, evidence.size());
    long all = 0;
    long found = 0;
    for (String line : evidence.subList(1, 7)) {
      all += Long.parseLong(line.split(",")[1]);
      found += Long.parseLong(line.split(",")[2]);
    }
    assertEquals((double) found / all, value);
    String csv = Files.readString(out.resolve("results.csv"));
    assertTrue(csv.lines().findFirst().orElseThrow().contains(",figure_skyFound"), csv);
    assertTrue(csv.contains("," + value), csv);
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains(">Sky found<"), "its column is in the report");
    assertTrue(page.contains("Sky found, by what frames share"), "its slices are in the report");
  }

  @Test
  void whereItIsNotInstalledItsStoredFigureIsShownAndOtherwiseBothDerivations() throws IOException {
    Path study = study();
    Path out = folder.resolve("out");
    with(SkyGauge.class, () -> Invocation.of("run", study.toString(), "--out", out.toString()));
    double value = sky(out).at("/figures/0/value").asDouble();
    Invocation.of("report", out.toString()).fine();
    assertTrue(Files.readString(out.resolve("report.html")).contains(">Sky found<"));
    with(CorrectedSkyGauge.class, () -> Invocation.of("report", out.toString()).fine());
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("Sky found, derivation 1"), "the stored figure stands beside");
    List<String> csv = Files.readAllLines(out.resolve("results.csv"));
    assertTrue(csv.get(0).contains(",figure_skyFound@1,figure_skyFound"), csv.get(0));
    assertTrue(csv.get(1).contains("," + value + ","), csv.get(1));
  }

  @Test
  void aStoredFigureThatItsCountsDoNotGiveIsRefused() throws IOException {
    Path study = study();
    Path out = folder.resolve("out");
    with(SkyGauge.class, () -> Invocation.of("run", study.toString(), "--out", out.toString()));
    String value = sky(out).at("/figures/0/value").asText();
    Path record;
    try (var files = Files.walk(out.resolve("cells"))) {
      record = files.filter(f -> f.endsWith("record.json")).findFirst().orElseThrow();
    }
    String text = Files.readString(record);
    int at = text.indexOf(value, text.indexOf("\"gauge\" : \"sky\""));
    Files.writeString(record, text.substring(0, at) + "0.25" + text.substring(at + value.length()));
    Invocation report = with(SkyGauge.class, () -> Invocation.of("report", out.toString()));
    assertEquals(2, report.exitCode());
    assertTrue(
        report.err().contains("its figures of gauge sky are not what its counts give"),
        report.err());
    assertFalse(report.err().contains("Exception"), report.err());
  }

  @Test
  void aScoreHasItToo() throws IOException {
    Path data = folder.resolve("data");
    Invocation.of("synth", "--out", data.toString(), "--count", "5", "--size", "48x64").fine();
    String[] subject = {"--dataset", "camvid", "--root", data.toString(), "--split", "val"};
    Path predictions = folder.resolve("predictions");
    Path json = folder.resolve("score.json");
    Invocation.of(
            join(
                "predict",
                subject,
                "--model",
                "espnet-synthdrive",
                "--size",
                "48x64",
                "--out",
                predictions.toString()))
        .fine();
    Invocation score =
        with(
            SkyGauge.class,
            () ->
                Invocation.of(
                        join(
                            "score",
                            subject,
                            "--predictions",
                            predictions.toString(),
                            "--json",
                            json.toString()))
                    .fine());
    assertTrue(score.out().contains("Sky found\t0."), score.out());
    assertTrue(Files.readString(json).contains("\"gauge\" : \"sky\""));
  }

  private static String[] join(String command, String[] subject, String... more) {
    String[] out = new String[1 + subject.length + more.length];
    out[0] = command;
    System.arraycopy(subject, 0, out, 1, subject.length);
    System.arraycopy(more, 0, out, 1 + subject.length, more.length);
    return out;
  }
}
