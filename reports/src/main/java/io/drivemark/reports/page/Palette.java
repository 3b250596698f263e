package io.drivemark.reports.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page's colours and symbols: one colour an architecture, one symbol an engine. Stateless. */
final class Palette {
  private static final List<String> COLORS =
      List.of(
          "#0f7c85", "#d9731a", "#5661d6", "#b83a78", "#6f8516", "#8a5a3a", "#2f8fd0", "#7b5ea7",
          "#4f7d5b", "#66707f");
  private static final Map<String, String> SYMBOLS =
      Map.of("onnxruntime", "circle", "pytorch", "diamond", "opencv", "triangle");

  /** Of architectures that stand there with random weights only. */
  static final String UNTRAINED = "#9aa0a8";

  /** Kinds of operators: light enough for dark text. */
  private static final List<String> KINDS =
      List.of(
          "#7fc4c9", "#f2b179", "#a9b0ee", "#dd9cbb", "#bccb6a", "#c9a78f", "#8fc3ec", "#bfaed6");

  /** All kinds that have no colour of their own. */
  static final String OTHER_KIND = "#c4c8cc";

  private Palette() {}

  /** A colour for each kind of operator, in order; at most eight. */
  static Map<String, String> kinds(List<String> names) {
    Map<String, String> out = new LinkedHashMap<>();
    names.forEach(name -> out.put(name, KINDS.get(out.size())));
    return out;
  }

  /**
   * A colour for each trained name, in order; they repeat after ten. All that are never trained
   * share one.
   */
  static Map<String, String> colors(List<String> trained, List<String> all) {
    Map<String, String> out = new LinkedHashMap<>();
    for (String name : trained) {
      out.computeIfAbsent(name, key -> COLORS.get(out.size() % COLORS.size()));
    }
    all.forEach(name -> out.putIfAbsent(name, UNTRAINED));
    return out;
  }

  /** The chart symbol of an engine. */
  static String symbol(String engine) {
    return SYMBOLS.getOrDefault(engine, "rect");
  }

  /**
   * A heat colour for a value: from a warm tint for the worst to a cool one for the best, light
   * enough for dark text.
   *
   * @param share where it lies between worst (0) and best (1)
   */
  static String heat(double share) {
    double s = Math.max(0, Math.min(1, share));
    List<int[]> stops = new ArrayList<>();
    stops.add(new int[] {246, 205, 184});
    stops.add(new int[] {250, 244, 226});
    stops.add(new int[] {158, 214, 200});
    int[] from = stops.get(s < 0.5 ? 0 : 1);
    int[] to = stops.get(s < 0.5 ? 1 : 2);
    double t = s < 0.5 ? s * 2 : s * 2 - 1;
    int[] mixed = new int[3];
    for (int i = 0; i < 3; i++) {
      mixed[i] = (int) Math.round(from[i] + t * (to[i] - from[i]));
    }
    return String.format(Locale.ROOT, "#%02x%02x%02x", mixed[0], mixed[1], mixed[2]);
  }
}
