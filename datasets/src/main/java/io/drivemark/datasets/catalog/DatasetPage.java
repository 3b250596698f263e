package io.drivemark.datasets.catalog;

import io.drivemark.datasets.DatasetProvider;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.coding.Colors;
import io.drivemark.datasets.truth.PolygonTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A page of text about a dataset: where it comes from and what its terms allow, how its files must
 * lie, drawn as a tree, what their values mean, by whose rules it is scored, a study to start from,
 * what its classes are and how they are stored, what goes wrong with it. Written from its
 * declaration, so that it never says anything else than what is read. Stateless.
 */
public final class DatasetPage {
  private static final int MOST_VALUES = 6;
  private static final String VAL = "val";

  private DatasetPage() {}

  /**
   * The page's lines.
   *
   * @param nameOrYaml a dataset's name, or the path of a declaration
   * @throws io.drivemark.problem.BadInputException if there is no such dataset
   */
  public static List<String> of(String nameOrYaml) {
    Optional<Datasets.Info> generated =
        Datasets.provider(nameOrYaml)
            .flatMap(
                p ->
                    Datasets.infos().stream().filter(i -> i.name().equals(nameOrYaml)).findFirst());
    return generated
        .map(DatasetPage::of)
        .orElseGet(() -> of(nameOrYaml, Datasets.format(nameOrYaml)));
  }

  private static List<String> of(Datasets.Info info) {
    List<String> out = new ArrayList<>();
    out.add(info.name());
    out.add("  " + info.description());
    out.add("  tasks     " + tasks(info.tasks()));
    out.add("  splits    " + String.join(", ", info.splits()));
    out.add("  files     " + (info.needsRoot() ? "below --root" : "none: frames are made"));
    protocols(List.of(), out);
    study(
        info.name(), info.needsRoot() ? "/data/" + info.name() : "", info.splits(), List.of(), out);
    classes(info.labels(), Stored.NONE, out);
    notes(Datasets.provider(info.name()).map(DatasetProvider::notes).orElse(List.of()), out);
    return out;
  }

  private static List<String> of(String nameOrYaml, DatasetFormat format) {
    DatasetFormat.About about = format.about();
    List<String> out = new ArrayList<>();
    out.add(format.name());
    add(out, "  ", about.description());
    add(out, "  source    ", about.source());
    add(out, "  licence   ", about.licence());
    add(out, "  obtain    ", about.obtain());
    add(out, "  tasks     ", tasks(format.tasks()));
    add(out, "  splits    ", splits(format));
    add(out, "  slices    ", slices(format));
    for (int i = 0; i < format.layouts().size(); i++) {
      out.add(i == 0 ? "  files" : "  or");
      LayoutTree.draw(format.layouts().get(i)).forEach(line -> out.add("    " + line));
      Layout layout = format.layouts().get(i);
      layout.truths().stream()
          .map(PathPattern::idText)
          .filter(id -> !id.equals(PathPattern.ID))
          .findFirst()
          .ifPresent(id -> out.add("    a frame's id is " + id));
    }
    companions(format, out);
    protocols(about.protocols(), out);
    study(
        nameOrYaml,
        format.root().isPresent() ? "" : "/data/" + format.name(),
        format.splits(),
        about.protocols(),
        out);
    classes(format.labels(), Stored.of(format), out);
    notes(about.notes(), out);
    return out;
  }

  private static String tasks(List<Task> tasks) {
    return tasks.stream().map(Task::word).collect(Collectors.joining(", "));
  }

  private static void notes(List<String> notes, List<String> out) {
    if (!notes.isEmpty()) {
      out.add("  notes");
      notes.forEach(note -> out.add("    - " + note));
    }
  }

  /** What the values of files beside the labels mean. */
  private static void companions(DatasetFormat format, List<String> out) {
    if (format.layouts().stream().anyMatch(layout -> !layout.instances().isEmpty())) {
      out.add("  objects   " + format.objects().numbers().rule());
    }
    if (!format.facts().meanInstancePixels().isEmpty()) {
      out.add(
          "  iIoU      by published mean object sizes of "
              + format.facts().meanInstancePixels().size()
              + " classes");
    }
    format
        .depth()
        .ifPresent(
            depth ->
                out.add(
                    "  distance  stored value * "
                        + depth.metresPerUnit()
                        + " m"
                        + (depth.unknown().isEmpty()
                            ? ""
                            : "; unknown where it is " + ranges(List.copyOf(depth.unknown())))));
    format.cameras().ifPresent(cameras -> out.add("  cameras   " + cameras.text()));
    add(out, "  camera    ", format.camera().text());
    if (format.layouts().stream().anyMatch(layout -> !layout.confidences().isEmpty())) {
      out.add("  sureness  stored value / 65535 is the confidence of a pixel's label");
    }
  }

  private static void protocols(List<String> protocols, List<String> out) {
    out.add(
        "  protocols "
            + (protocols.isEmpty()
                ? "none of its own; the default is taken"
                : String.join(", ", protocols)));
  }

  /** A study that runs as it stands once paths are put in. */
  private static void study(
      String name, String root, List<String> splits, List<String> protocols, List<String> out) {
    String split = splits.isEmpty() ? "SPLIT" : splits.contains(VAL) ? VAL : splits.get(0);
    out.add("  study");
    out.add("    schema: drivemark-study/1");
    out.add(
        "    datasets: [{name: "
            + name
            + (root.isEmpty() ? "" : ", root: " + root)
            + ", split: "
            + split
            + "}]");
    out.add("    models: [my-network.yaml]");
    protocols.stream().findFirst().ifPresent(p -> out.add("    protocol: " + p));
  }

  private static void add(List<String> out, String head, String text) {
    if (!text.isEmpty()) {
      out.add(head + text);
    }
  }

  private static String splits(DatasetFormat format) {
    return format.splits().stream()
        .map(
            split -> {
              String folder = format.folderOf(split);
              Integer frames = format.frames().get(split);
              return split
                  + (frames == null ? "" : " (" + frames + " frames)")
                  + (folder.equals(split) ? "" : " in " + folder);
            })
        .collect(Collectors.joining(", "));
  }

  private static String slices(DatasetFormat format) {
    TreeSet<String> names = new TreeSet<>();
    format.attributes().forEach(rule -> names.add(rule.name()));
    format.attributeFiles().forEach(file -> names.addAll(file.attributes().keySet()));
    if (format.sequence().isPresent()) {
      names.add(Frame.SEQUENCE);
    }
    return String.join(", ", names);
  }

  private static void classes(LabelSpace space, Stored stored, List<String> out) {
    out.add("  classes   " + space.name() + ", " + space.size() + " of them");
    out.add(row("index", "colour", "stored", "name"));
    for (int i = 0; i < space.size(); i++) {
      LabelClass c = space.classes().get(i);
      int index = i;
      out.add(
          row(
              Integer.toString(i),
              Colors.text(c.color()),
              stored.ofClass().apply(index),
              c.name()
                  + (c.vulnerable() ? " (vulnerable)" : "")
                  + (c.instances() ? " (objects)" : "")));
    }
    stored.ofVoid().forEach(out::add);
  }

  /**
   * How label files say what a pixel is.
   *
   * @param ofClass what stands for the class of an index
   * @param ofVoid lines for what is no class
   */
  private record Stored(IntFunction<String> ofClass, List<String> ofVoid) {
    static final Stored NONE = new Stored(index -> "-", List.of());

    static Stored of(DatasetFormat format) {
      return format.truth().kind() == TruthFormat.Kind.POLYGONS
          ? names(format)
          : values(format.coding());
    }

    private static Stored values(LabelCoding coding) {
      List<Integer> voids = List.copyOf(coding.voidValues());
      return new Stored(
          index ->
              shortened(
                  coding,
                  coding.rawToIndex().entrySet().stream()
                      .filter(e -> e.getValue() == index)
                      .map(Map.Entry::getKey)
                      .toList()),
          List.of(
              row(
                  "void",
                  "-",
                  voids.isEmpty() ? "none" : shortened(coding, voids),
                  coding.unknownIsVoid() ? "and every other value" : "")));
    }

    /** Labels of polygons. */
    private static Stored names(DatasetFormat format) {
      String other = format.coding().unknownIsVoid() ? ", every other label" : "";
      List<String> lines = new ArrayList<>();
      lines.add(row("void", "-", "no polygon" + more(format, TruthFormat.UNCOVERED) + other, ""));
      String skipped = more(format, PolygonTruth.SKIP);
      if (!skipped.isEmpty()) {
        lines.add(row("-", "-", "not drawn:" + skipped.substring(1), ""));
      }
      return new Stored(index -> labels(format, index), lines);
    }

    private static String more(DatasetFormat format, int value) {
      String labels = labels(format, value);
      return labels.isEmpty() ? "" : ", " + labels;
    }

    private static String labels(DatasetFormat format, int value) {
      return format.truth().labels().entrySet().stream()
          .filter(e -> e.getValue() == value)
          .map(Map.Entry::getKey)
          .collect(Collectors.joining(", "));
    }
  }

  private static String shortened(LabelCoding coding, List<Integer> values) {
    if (coding.kind() == LabelCoding.Kind.INDEX) {
      return ranges(values);
    }
    String some =
        values.stream().limit(MOST_VALUES).map(Colors::text).collect(Collectors.joining(" "));
    return values.size() > MOST_VALUES ? some + " and " + (values.size() - MOST_VALUES) : some;
  }

  /** Consecutive numbers as {@code 1-3}. */
  private static String ranges(List<Integer> values) {
    List<String> out = new ArrayList<>();
    for (int from = 0; from < values.size(); ) {
      int to = from;
      while (to + 1 < values.size() && values.get(to + 1) == values.get(to) + 1) {
        to++;
      }
      out.add(values.get(from) + (to == from ? "" : "-" + values.get(to)));
      from = to + 1;
    }
    return String.join(" ", out);
  }

  private static String row(String index, String color, String stored, String name) {
    return String.format(Locale.ROOT, "    %5s  %-11s  %-16s  %s", index, color, stored, name)
        .stripTrailing();
  }
}
