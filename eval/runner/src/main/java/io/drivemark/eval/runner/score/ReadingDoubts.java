package io.drivemark.eval.runner.score;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionReader;
import io.drivemark.datasets.coding.PredictionReader.Read;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What casts doubt on how prediction files were read: values without a meaning, other sizes, and
 * that they fit the truth far better with red and blue swapped, shifted by one, in the dataset's
 * other ids or renumbered. Collects while files are read, in any order. Thread-safe.
 */
final class ReadingDoubts {
  /** A reading is doubted if another has this much more mIoU and at least twice as much. */
  private static final double FAR = 0.2;

  /** A renumbering must beat the readings that have a name by this much to be named instead. */
  private static final double CLEAR = 0.05;

  private static final int MOST_NAMED = 10;

  private final PredictionReader reader;
  private final LabelCoding coding;
  private final Meetings meetings;
  private final Map<Integer, Long> foreign = new TreeMap<>();
  private final TreeMap<Integer, String> sizes = new TreeMap<>();
  private final TreeMap<Integer, Path> foreignFiles = new TreeMap<>();

  ReadingDoubts(Dataset dataset, PredictionReader reader) {
    this.reader = reader;
    this.coding = dataset.coding();
    this.meetings = new Meetings(dataset.labels().size(), dataset.ids().size());
  }

  /** A reading that might have been meant. */
  private record Candidate(String words, String option, double miou) {}

  /** Looks at a prediction that was read. */
  void add(int index, Path file, Read read, LabelMap truth) {
    meetings.add(index, read.raw(), truth);
    if (read.foreignPixels() == 0 && !read.isResized()) {
      return;
    }
    synchronized (this) {
      read.foreign().forEach((value, count) -> foreign.merge(value, count, Long::sum));
      if (read.foreignPixels() > 0) {
        foreignFiles.put(index, file);
      }
      if (read.isResized()) {
        sizes.put(
            index,
            read.height() + "x" + read.width() + " to " + truth.height() + "x" + truth.width());
      }
    }
  }

  /** How many predictions had another size than their truth. */
  synchronized int resized() {
    return sizes.size();
  }

  /** The doubts, a sentence each. */
  synchronized List<String> notes() {
    List<String> out = new ArrayList<>();
    if (!sizes.isEmpty()) {
      out.add(
          sizes.size()
              + (sizes.size() == 1 ? " prediction was" : " predictions were")
              + " brought to the size of the truth, each pixel taking the nearest label ("
              + sizes.firstEntry().getValue()
              + (sizes.values().stream().distinct().count() > 1 ? " and others" : "")
              + ", height x width)");
    }
    if (!foreign.isEmpty()) {
      out.add(foreignNote());
    }
    suspicion().ifPresent(out::add);
    return out;
  }

  private String foreignNote() {
    String named =
        foreign.entrySet().stream()
            .limit(MOST_NAMED)
            .map(
                e ->
                    text(e.getKey())
                        + " ("
                        + e.getValue()
                        + (e.getValue() == 1 ? " pixel)" : " pixels)"))
            .collect(Collectors.joining(", "));
    return (foreign.size() == 1 ? "A value has" : "Values have")
        + " no meaning by "
        + reader.reading().words()
        + " and counted as void: "
        + named
        + (foreign.size() > MOST_NAMED ? " and others" : "")
        + "; the first in "
        + foreignFiles.firstEntry().getValue();
  }

  private Optional<String> suspicion() {
    List<Integer> values = meetings.values();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    double now = meetings.miou(reader::meaning);
    List<Candidate> named = new ArrayList<>();
    if (reader.reading().isColor()) {
      named.add(mapped("with red and blue swapped", swapped(reader.known())));
    } else {
      named.add(mapped("with stored values one above these", shifted(1)));
      named.add(mapped("with stored values one below these", shifted(-1)));
      otherIds().ifPresent(named::add);
    }
    Optional<Candidate> best =
        named.stream().max(Comparator.comparingDouble(Candidate::miou)).filter(c -> far(now, c));
    Map<Integer, Integer> numbering = new TreeMap<>();
    values.forEach(value -> numbering.put(value, LabelSpace.VOID));
    numbering.putAll(meetings.bestMeaning());
    Candidate anew = mapped("with classes renumbered", numbering);
    if (far(now, anew) && anew.miou() > best.map(Candidate::miou).orElse(0.0) + CLEAR) {
      best = Optional.of(anew);
    }
    return best.map(
        c ->
            String.format(
                Locale.ROOT,
                "Read by %s the predictions have mIoU %.3f on the %d %s looked at, %s %.3f. If that"
                    + " is how they were written, say %s",
                reader.reading().words(),
                now,
                meetings.frames(),
                meetings.frames() == 1 ? "frame" : "frames",
                c.words(),
                c.miou(),
                c.option()));
  }

  private static boolean far(double now, Candidate other) {
    return other.miou() >= now + FAR && other.miou() >= 2 * now;
  }

  private Candidate mapped(String words, Map<Integer, Integer> meaning) {
    String option =
        meaning.entrySet().stream()
            .map(e -> text(e.getKey()) + ":" + name(e.getValue()))
            .collect(Collectors.joining(",", "--values '", "'"));
    return new Candidate(
        words, option, meetings.miou(v -> meaning.getOrDefault(v, LabelSpace.VOID)));
  }

  private static Map<Integer, Integer> swapped(Map<Integer, Integer> known) {
    Map<Integer, Integer> out = new TreeMap<>();
    known.forEach(
        (rgb, index) -> out.put((rgb & 0xFF) << 16 | rgb & 0xFF00 | rgb >> 16 & 0xFF, index));
    return out;
  }

  /** Values one above or below what they are read as; void and what is seen besides stays void. */
  private Map<Integer, Integer> shifted(int by) {
    Map<Integer, Integer> out = new TreeMap<>();
    reader
        .known()
        .forEach(
            (value, index) -> {
              if (index != LabelSpace.VOID && value + by >= 0) {
                out.put(value + by, index);
              }
            });
    for (int value : new TreeSet<>(meetings.values())) {
      out.putIfAbsent(value, LabelSpace.VOID);
    }
    return out;
  }

  private Optional<Candidate> otherIds() {
    PredictionReading read = reader.reading();
    if (!read.values().isEmpty()
        || read.mapping().isPresent()
        || coding.kind() != LabelCoding.Kind.INDEX) {
      return Optional.empty();
    }
    PredictionEncoding other =
        read.encoding() == PredictionEncoding.TRAIN_IDS
            ? PredictionEncoding.LABEL_IDS
            : PredictionEncoding.TRAIN_IDS;
    try {
      PredictionReader again = new PredictionReader(PredictionReading.of(other), coding);
      return Optional.of(
          new Candidate(
              "by encoding " + other.word(),
              "--encoding " + other.word(),
              meetings.miou(again::meaning)));
    } catch (BadInputException e) {
      return Optional.empty(); // The dataset's values cannot be written so.
    }
  }

  private String name(int index) {
    return index < coding.space().size() ? coding.space().classNames().get(index) : "void";
  }

  private String text(int value) {
    return reader.reading().text(value);
  }
}
