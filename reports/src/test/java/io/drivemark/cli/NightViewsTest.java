package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan.Format;
import io.drivemark.reports.night.MadeVerdicts;
import io.drivemark.reports.night.VerdictFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightViewsTest {
  @TempDir Path folder;

  @Test
  void theVerdictAndTheViewsThatAreAskedForLieInTheFolder() throws IOException {
    Verdict verdict = MadeVerdicts.everything("enet");
    NightFolder night = new NightFolder(folder);
    NightViews.write(night, verdict, List.of(Format.MARKDOWN, Format.JUNIT));
    assertEquals(Set.of("night.html", "verdict.json", "verdict.md", "verdict.junit.xml"), files());
    assertEquals(verdict, VerdictJson.read(Files.readString(night.verdict()), "verdict.json"));
    NightViews.write(night, verdict, List.of(Format.values()));
    assertEquals(
        Set.of(
            "night.html",
            "verdict.json",
            "verdict.md",
            "verdict.junit.xml",
            "github.txt",
            "verdict.sarif"),
        files());
    for (Format format : Format.values()) {
      assertEquals(
          VerdictFormats.text(format, verdict),
          Files.readString(folder.resolve(VerdictFormats.file(format))));
    }
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
