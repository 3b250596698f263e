package io.drivemark.reports.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.reports.Reports;
import io.drivemark.reports.SyntheticStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How weights are stored stands in every table where it is not fp32, and in none else. */
class StoredPrecisionTest {
  private static final String TITLE = "Weights stored as";

  @TempDir Path folder;

  private StudyResult study(String first, String others) throws IOException {
    StudyResult made = SyntheticStudy.write(folder);
    List<Entry> entries = new ArrayList<>();
    for (Entry e : made.entries()) {
      String stored = entries.isEmpty() ? first : others;
      entries.add(stored.isEmpty() ? e : e.withModel(e.model().withStoredPrecision(stored)));
    }
    return new StudyResult(
        made.started(), made.finished(), made.study(), made.environment(), entries, List.of());
  }

  private List<String> written(StudyResult result) throws IOException {
    Reports.write(result, folder);
    List<String> texts = new ArrayList<>();
    for (String file : List.of("report.html", "report.md", "results.csv")) {
      texts.add(Files.readString(folder.resolve(file)));
    }
    return texts;
  }

  @Test
  void itStandsWhereOneIsNotFp32() throws IOException {
    List<String> texts = written(study("int8", "fp32"));
    assertTrue(texts.get(0).contains(TITLE), "report.html");
    assertTrue(texts.get(0).contains(">int8<"), "report.html has no cell int8");
    assertTrue(texts.get(1).contains("| " + TITLE + " |"), texts.get(1));
    assertTrue(texts.get(1).contains("| int8 |"), texts.get(1));
    List<String> rows = texts.get(2).lines().toList();
    List<String> heads = List.of(rows.get(0).split(","));
    int stored = heads.indexOf("stored_precision");
    int precision = heads.indexOf("precision");
    assertEquals("int8", rows.get(1).split(",")[stored]);
    assertEquals("by operator", rows.get(1).split(",")[precision]);
    assertEquals("fp32", rows.get(2).split(",")[stored]);
    assertEquals("fp32", rows.get(2).split(",")[precision]);
  }

  @Test
  void itStandsNowhereElse() throws IOException {
    for (String stored : List.of("fp32", "")) {
      List<String> texts = written(study(stored, stored));
      assertFalse(texts.get(0).contains(TITLE), "report.html");
      assertFalse(texts.get(1).contains(TITLE), texts.get(1));
      assertFalse(texts.get(2).contains("stored_precision"), texts.get(2));
      assertFalse(texts.get(2).contains("by operator"), texts.get(2));
    }
  }

  @Test
  void recordsOfBeforeSaySoBesideOthers() throws IOException {
    assertTrue(written(study("fp16", "")).get(1).contains("| not recorded |"));
  }
}
