package io.drivemark.reports.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.drivemark.architectures.sheet.NetworkSheet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A page a network, and one that lists them: self-contained HTML. Stateless. */
public final class NetworkPages {
  private NetworkPages() {}

  /**
   * A network to show. Immutable.
   *
   * @param name its own
   * @param facts what is known of it besides: fact → value
   * @param sheet what follows from its graph
   */
  public record Subject(String name, Map<String, String> facts, NetworkSheet sheet) {
    public Subject {
      facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** The name of its page's file. */
    String file() {
      return name.replaceAll("[^A-Za-z0-9._-]+", "-") + ".html";
    }
  }

  /** One page, as the template shows it. */
  record PageOf(String name, Map<String, String> facts, SheetView sheet, String style) {}

  /** A line of the list. */
  record Line(String name, String file, String about, String params, List<String> macs) {}

  /** The list, as the template shows it. */
  record ListOf(String title, List<String> sizes, List<Line> lines, String style) {}

  /**
   * The pages by file name, {@code index.html} first.
   *
   * @throws IllegalArgumentException if two would have the same file
   */
  public static Map<Path, String> texts(String title, List<Subject> subjects) {
    String style = HtmlReport.resource("report.css");
    Map<Path, String> pages = new LinkedHashMap<>();
    List<Line> lines = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (Subject subject : subjects) {
      if (!files.add(subject.file())) {
        throw new IllegalArgumentException("two networks want the page " + subject.file());
      }
      SheetView sheet = SheetView.of(subject.name(), subject.sheet());
      lines.add(
          new Line(
              subject.name(),
              subject.file(),
              subject.facts().getOrDefault("source", ""),
              sheet.params(),
              sheet.sizes().stream()
                  .limit(NetworkSheet.USUAL_SIZES.size())
                  .map(s -> s.refusal().isEmpty() ? s.macs() : "–")
                  .toList()));
      pages.put(
          Path.of(subject.file()),
          render("networkpage.jte", new PageOf(subject.name(), subject.facts(), sheet, style)));
    }
    List<String> sizes = NetworkSheet.USUAL_SIZES.stream().map(s -> "MACs at " + s).toList();
    Map<Path, String> all = new LinkedHashMap<>();
    all.put(Path.of("index.html"), render("networks.jte", new ListOf(title, sizes, lines, style)));
    all.putAll(pages);
    return all;
  }

  private static String render(String template, Object view) {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            NetworkPages.class.getClassLoader(),
            NetworkPages.class.getPackageName());
    StringOutput out = new StringOutput();
    templates.render(template, view, out);
    return out.toString();
  }
}
