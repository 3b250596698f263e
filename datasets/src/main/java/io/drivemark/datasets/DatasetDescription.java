package io.drivemark.datasets;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything about a dataset that results depend on besides the contents of its files, as canonical
 * text: equal texts mean equal results from equal files. One line a fact, sorted within its kind;
 * values are quoted, so that no value can be taken for another line. For one thread.
 */
public final class DatasetDescription {
  private static final String VERSION = "drivemark-dataset-description/1";

  private final StringBuilder text = new StringBuilder(VERSION).append('\n');

  /** The description of what every dataset has. */
  public static DatasetDescription of(Dataset dataset) {
    DatasetDescription out = new DatasetDescription();
    out.fact("dataset", dataset.name(), dataset.split());
    int index = 0;
    for (LabelClass c : dataset.labels().classes()) {
      out.fact(
          "class",
          Integer.toString(index++),
          c.name(),
          String.format(Locale.ROOT, "%06x", c.color()),
          c.category(),
          c.instances() ? "instances" : "no instances",
          c.vulnerable() ? "vulnerable" : "not vulnerable");
    }
    LabelCoding coding = dataset.coding();
    out.fact("coding", coding.kind().name(), coding.unknownIsVoid() ? "void" : "error");
    coding
        .rawToIndex()
        .forEach((raw, c) -> out.fact("value", Integer.toString(raw), Integer.toString(c)));
    coding.voidValues().forEach(raw -> out.fact("void", Integer.toString(raw)));
    LabelFacts facts = dataset.facts();
    facts
        .meanInstancePixels()
        .forEach((c, pixels) -> out.fact("mean instance pixels", c, Double.toString(pixels)));
    for (UnscoredObject o : facts.unscoredObjects()) {
      out.fact(
          "unscored object",
          o.name(),
          o.category(),
          Double.toString(o.meanPixels()),
          Integer.toString(o.value()),
          Integer.toString(o.divisor()));
    }
    facts.unscoredClasses().forEach(c -> out.fact("unscored", c));
    facts.drivableClasses().forEach(c -> out.fact("drivable", c));
    out.fact("confidence", Boolean.toString(facts.hasConfidence()));
    for (int i = 0; i < dataset.ids().size(); i++) {
      for (Map.Entry<String, String> e : new TreeMap<>(dataset.frame(i).attributes()).entrySet()) {
        out.fact("frame", dataset.ids().get(i), e.getKey(), e.getValue());
      }
    }
    return out;
  }

  /** Adds a line of a kind of fact and its values. */
  public DatasetDescription fact(String kind, String... values) {
    text.append(line(kind, values));
    return this;
  }

  /** One line of a kind of fact and its values; different values never give the same line. */
  public static String line(String kind, String... values) {
    StringBuilder out = new StringBuilder(kind);
    for (String value : values) {
      out.append(" \"")
          .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
          .append('"');
    }
    return out.append('\n').toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
