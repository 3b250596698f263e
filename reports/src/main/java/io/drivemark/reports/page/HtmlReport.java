package io.drivemark.reports.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.reports.board.Board;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** {@code report.html}: one self-contained page. Stateless. */
public final class HtmlReport {
  private static final String PACKAGE = HtmlReport.class.getPackageName();

  private HtmlReport() {}

  /**
   * The page's text.
   *
   * @param result what was found
   * @param boards the same, compared
   * @param selections what of them is certain
   * @param folder what the entries' folders are relative to, for the gallery's pictures
   */
  public static String text(
      StudyResult result, List<Board> boards, List<BoardSelection> selections, Path folder) {
    PageView page =
        new PageBuilder(result, boards, selections, folder)
            .page(resource("report.css"), charts(), resource("report.js"));
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, HtmlReport.class.getClassLoader(), PACKAGE);
    TemplateOutput out = new StringOutput(1 << 22);
    templates.render("report.jte", page, out);
    return out.toString();
  }

  /** The chart library's one file, out of its jar. */
  private static String charts() {
    Properties pom = new Properties();
    try (InputStream in = open("/META-INF/maven/org.mvnpm/echarts/pom.properties")) {
      pom.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return resource(
        "/META-INF/resources/_static/echarts/"
            + pom.getProperty("version")
            + "/dist/echarts.min.js");
  }

  static String resource(String name) {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = HtmlReport.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is not on the class path: the build is incomplete");
    }
    return in;
  }
}
