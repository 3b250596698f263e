package io.drivemark.datasets.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.datasets.verify.Finding.Severity;
import java.util.List;
import java.util.Locale;

/** What a linter found, as JSON with every finding and count. Stateless. */
public final class VerifyJson {
  private static final String SCHEMA = "drivemark-verify/1";

  private VerifyJson() {}

  /** As {@link #of(List, List)}, with nothing left out. */
  public static ObjectNode of(List<VerifyReport> reports) {
    return of(reports, List.of());
  }

  /**
   * One object for all splits: {@code schema}, {@code errors}, {@code notes}, {@code splits},
   * {@code notLookedAt}.
   *
   * @param notLookedAt why splits that the dataset declares were not looked at, a message each
   */
  public static ObjectNode of(List<VerifyReport> reports, List<String> notLookedAt) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    out.put("errors", reports.stream().mapToLong(r -> count(r, Severity.ERROR)).sum());
    out.put("notes", reports.stream().mapToLong(r -> count(r, Severity.NOTE)).sum());
    ArrayNode splits = out.putArray("splits");
    reports.forEach(report -> write(report, splits.addObject()));
    ArrayNode absent = out.putArray("notLookedAt");
    notLookedAt.forEach(absent::add);
    return out;
  }

  private static long count(VerifyReport report, Severity severity) {
    return report.findings().stream().filter(f -> f.kind().severity() == severity).count();
  }

  private static void write(VerifyReport report, ObjectNode out) {
    out.put("dataset", report.dataset());
    out.put("split", report.split());
    out.put("frames", report.frames());
    out.put("goodFrames", report.goodFrames());
    out.put("decodedFrames", report.decoded());
    ObjectNode counts = out.putObject("counts");
    report.counts().forEach((kind, count) -> counts.put(kind.word(), count));
    ArrayNode findings = out.putArray("findings");
    for (Finding finding : report.findings()) {
      findings
          .addObject()
          .put("severity", finding.kind().severity().name().toLowerCase(Locale.ROOT))
          .put("kind", finding.kind().word())
          .put("id", finding.id())
          .put("message", finding.message());
    }
    ArrayNode classes = out.putArray("classes");
    for (VerifyReport.ClassCount c : report.classes()) {
      classes.addObject().put("name", c.name()).put("pixels", c.pixels()).put("frames", c.frames());
    }
    out.put("voidPixels", report.voidPixels());
    out.put("unknownPixels", report.unknownPixels());
    out.put("voidShare", report.voidShare());
    out.putObject("voidPerFrame")
        .put("median", report.voids().median())
        .put("highest", report.voids().highest())
        .put("worst", report.voids().worst())
        .put("mostlyVoid", report.voids().mostlyVoid());
    ObjectNode sizes = out.putObject("sizes");
    report.sizes().forEach(sizes::put);
  }
}
