package io.drivemark.eval.history.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightPlanTest {
  @TempDir Path folder;

  private NightPlan read(String text) throws IOException {
    Path file = folder.resolve("night.yaml");
    Files.writeString(file, text);
    return NightPlan.read(file);
  }

  private String refusal(String text) {
    return assertThrows(BadInputException.class, () -> read(text)).getMessage();
  }

  @Test
  void whatIsNotSaidHasDefaults() throws IOException {
    NightPlan plan = read("schema: drivemark-night/1\nstudy: study.yaml\n");
    assertEquals(folder.resolve("study.yaml"), plan.study());
    assertEquals("sqlite:" + folder.resolve("history.db"), plan.store());
    assertEquals(folder.resolve("nights"), plan.folder());
    assertEquals(folder, plan.variants());
    assertEquals(NightPlan.Budget.NONE, plan.budget());
    assertEquals(NightPlan.Accuracy.ALWAYS, plan.accuracy());
    assertEquals(new NightPlan.Latency(2, true, NightPlan.Quiet.USUAL), plan.latency());
    assertEquals(JudgeRules.defaults(), plan.rules());
    assertEquals(Duration.ofMinutes(10), plan.pause());
    assertEquals(Optional.empty(), plan.pinned());
    assertEquals(NightPlan.Keep.ALL, plan.keep());
    assertEquals(List.of(), plan.write());
    assertEquals(List.of(), plan.notices());
  }

  @Test
  void theShippedExampleSaysTheDefaults() throws IOException {
    NightPlan example = NightPlan.read(Path.of("../studies/night.yaml"));
    NightPlan silent = read("schema: drivemark-night/1\nstudy: study.yaml\n");
    assertEquals(silent.budget(), example.budget());
    assertEquals(silent.accuracy(), example.accuracy());
    assertEquals(silent.latency(), example.latency());
    assertEquals(silent.rules(), example.rules());
    assertEquals(silent.pause(), example.pause());
    assertEquals(silent.keep(), example.keep());
    assertEquals(silent.write(), example.write());
    assertEquals(silent.notices(), example.notices());
    assertEquals(Path.of("../studies/night-study.yaml"), example.study());
    assertEquals("sqlite:../studies/history.db", example.store());
    Study study = Study.read(example.study());
    assertEquals(7, study.models().size());
  }

  @Test
  void everyKeyIsRead() throws IOException {
    NightPlan plan =
        read(
            """
            schema: drivemark-night/1
            study: ../studies/all.yaml
            variants: ../pruned
            store: postgresql://host/drivemark
            folder: /var/nights
            budget: {time: 6h, first: [enet-camvid]}
            accuracy: {again: changed, every: 5}
            latency:
              forks: 3
              ruler: false
              quiet: {load: 0.5, process: 0.1, wait: 90 s, band: 3 %, governor: performance}
            judge:
              metrics: {latencyMs: {floor: 3 %, least: 0.2 ms}, latencyP95Ms: , miou: {floor: 0.001}}
              nights: {least: 12, window: 40, segment: 4}
              false-discovery: 0.01
              confirm: {screen: 10 %, forks: 3, after: 5 min, mates: 6}
              require-coverage: 0.95
            pinned: v1.4
            keep: {nights: 400, pictures: 14, evidence: 90}
            write: [markdown, junit, github, sarif]
            notify: [{on: [opened, closed], command: [./tell.sh, team]}]
            """);
    assertEquals(folder.resolve("../studies/all.yaml"), plan.study());
    assertEquals(folder.resolve("../pruned"), plan.variants());
    assertEquals(new NightPlan.Accuracy(true, 5), plan.accuracy());
    assertEquals("postgresql://host/drivemark", plan.store());
    assertEquals(Path.of("/var/nights"), plan.folder());
    assertEquals(
        new NightPlan.Budget(Optional.of(Duration.ofHours(6)), List.of("enet-camvid")),
        plan.budget());
    assertEquals(
        new NightPlan.Latency(
            3,
            false,
            new NightPlan.Quiet(0.5, 0.1, Duration.ofSeconds(90), Optional.of("performance"))),
        plan.latency());
    assertEquals(
        new JudgeRules(
            List.of(
                JudgeRules.LATENCY.withFloor(0.03).withLeast(0.2),
                JudgeRules.LATENCY_P95,
                JudgeRules.MIOU.withFloor(0.001)),
            12,
            40,
            4,
            0.01,
            0.1,
            3,
            6,
            0.95,
            OptionalDouble.of(0.03)),
        plan.rules());
    assertEquals(Duration.ofMinutes(5), plan.pause());
    assertEquals(Optional.of("v1.4"), plan.pinned());
    assertEquals(
        new NightPlan.Keep(OptionalInt.of(400), OptionalInt.of(14), OptionalInt.of(90)),
        plan.keep());
    assertEquals(List.of(NightPlan.Format.values()), plan.write());
    assertEquals(
        List.of(
            new NightPlan.Notice(
                List.of(NightPlan.Occasion.OPENED, NightPlan.Occasion.CLOSED),
                List.of(
                    folder.resolve("tell.sh").toAbsolutePath().normalize().toString(), "team"))),
        plan.notices());
  }

  @Test
  void everythingWrongIsNamedAtOnce() {
    assertEquals(
        folder.resolve("night.yaml")
            + """
            : 13 problems
              line 1: schema: found drivemark-study/1, expected drivemark-night/1
              line 3: store: found mysql:x, expected sqlite:FILE or postgresql://HOST/DATABASE
              line 4: budget.time: found tomorrow, expected a duration such as 90 s, 10 min or 6h
              line 5: accuracy.again: found sometimes, expected one of always, changed
              line 6: latency.forks: found -1, expected at least 0
              line 6: latency.quiet.load: found 0.0, expected more than 0
              line 9: judge.nights.least: found 2, expected at least 3
              line 8: judge.require-coverage: found 120 %, expected a share such as 2 % or 0.02, at most 1
              line 7: judge.metrics.latencyMs.least: found 1 s, expected a number of ms that is not negative
              line 10: keep.nights: found 0, expected at least 1 night
              line 11: write: found junt (did you mean 'junit'?), expected some of markdown, junit, github, sarif
              line 12: notify[0].on: found opend (did you mean 'opened'?), expected some of opened, changed, closed, unjudged, always
              line 12: unknown key 'notify[0].comand' (did you mean 'command'?); known here: on, command"""
                .stripIndent(),
        refusal(
            """
            schema: drivemark-study/1
            study: study.yaml
            store: mysql:x
            budget: {time: tomorrow}
            accuracy: {again: sometimes}
            latency: {forks: -1, quiet: {load: 0}}
            judge: {metrics: {latencyMs: {least: 1 s}},
              require-coverage: 120 %,
              nights: {least: 2}}
            keep: {nights: 0}
            write: [junt]
            notify: [{on: [opend], comand: [x], command: [y]}]
            """));
  }

  @Test
  void howOftenSaysNothingWhereEveryNightIsMeasured() {
    assertEquals(
        folder.resolve("night.yaml")
            + """
            : 2 problems
              line 3: accuracy.every: frames are judged every night; say again: changed besides
              line 4: latency.quiet.band: found 0, expected more than 0"""
                .stripIndent(),
        refusal(
            """
            schema: drivemark-night/1
            study: s.yaml
            accuracy: {every: 5}
            latency: {quiet: {band: 0 %}}
            """));
    assertEquals(
        folder.resolve("night.yaml") + ": line 3: accuracy.every: found 1, expected at least 2",
        refusal(
            "schema: drivemark-night/1\nstudy: s.yaml\naccuracy: {again: changed, every: 1}\n"));
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearest() {
    assertEquals(
        folder.resolve("night.yaml")
            + ": line 3: unknown key 'budgt' (did you mean 'budget'?); known here: schema, study, variants, store, folder, budget,"
            + " accuracy, latency, judge, pinned, keep, write, notify",
        refusal("schema: drivemark-night/1\nstudy: s.yaml\nbudgt: {time: 6h}\n"));
  }

  @Test
  void whatGoesLaterKeepsMore() {
    assertEquals(
        folder.resolve("night.yaml")
            + ": 2 problems\n"
            + "  line 3: keep.evidence: found 90, expected at most nights, 40\n"
            + "  line 3: keep.pictures: found 50, expected at most evidence and nights, 40",
        refusal(
            "schema: drivemark-night/1\nstudy: s.yaml\n"
                + "keep: {nights: 40, pictures: 50, evidence: 90}\n"));
  }

  @Test
  void noMetricAtAllIsRefused() {
    assertEquals(
        folder.resolve("night.yaml")
            + ": 2 problems\n"
            + "  line 3: judge.metrics: found none, expected some of latencyMs, latencyP95Ms, miou,"
            + " iou, absRel\n"
            + "  line 3: unknown key 'judge.metrics.fps'; known here: latencyMs, latencyP95Ms,"
            + " miou, iou, absRel",
        refusal("schema: drivemark-night/1\nstudy: s.yaml\njudge: {metrics: {fps: {}}}\n"));
  }
}
