package io.drivemark.eval.history;

import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ProtocolFacts;
import java.util.Objects;
import java.util.Optional;

/**
 * What is followed over nights: a model by its name, on a split, on an engine, at a size, by a
 * protocol. Nothing in it has a version: weights, frames, engines and programs may change from
 * night to night and the series goes on; what changed is written beside it. Where the rules of
 * accuracy change, so does the protocol's digest, and with it the series: numbers under two digests
 * never share a column. Immutable.
 *
 * <pre>{@code
 * SeriesKey.of(entry).label()  // enet-camvid on camvid/val with onnxruntime, 2 threads, at 360x480
 * }</pre>
 *
 * @param model how the study calls it
 * @param task what it was asked for
 * @param dataset its name
 * @param split of the dataset
 * @param engine its name
 * @param threads that one inference may use
 * @param precision of what the engine is given
 * @param form in which gates are to be run, where the study says so
 * @param input size of the network's input
 * @param protocol the rules that accuracy follows
 */
public record SeriesKey(
    String model,
    Task task,
    String dataset,
    String split,
    String engine,
    int threads,
    String precision,
    Optional<String> form,
    FrameSize input,
    ProtocolFacts protocol)
    implements Comparable<SeriesKey> {
  private static final String VERSION = "drivemark-series/1";

  /** What labels leave out because nearly all series have it. */
  private static final String USUAL_PRECISION = "fp32";

  private static final String USUAL_PROTOCOL = "cityscapes";

  public SeriesKey {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(protocol, "protocol");
    if (threads < 1) {
      throw new IllegalArgumentException("threads: at least 1, found " + threads);
    }
  }

  /** The series that an entry of a run belongs to. */
  public static SeriesKey of(Entry entry) {
    EngineFacts engine = entry.engine();
    return new SeriesKey(
        entry.model().name(),
        entry.task(),
        entry.dataset().name(),
        entry.dataset().split(),
        engine.name(),
        engine.threads(),
        engine.precision(),
        engine.form(),
        entry.input(),
        entry.protocol());
  }

  /**
   * What tells it from every other series: 32 hexadecimal digits of the digest of all that is in
   * it.
   */
  public String digest() {
    return new KeyDigest(VERSION)
        .add("model", model)
        .add("task", task.word())
        .add("dataset", dataset)
        .add("split", split)
        .add("engine", engine)
        .add("threads", threads)
        .add("precision", precision)
        .add("form", form.orElse(""))
        .add("input", input.toString())
        .add("protocol", protocol.digest())
        .add("mapping", protocol.mapping())
        .add("grid", protocol.grid())
        .digest();
  }

  /**
   * For people: the model, where it was judged and how it was run. Two series may have one label if
   * they differ in the protocol's digest, the grid or the mapping alone; {@link #digest} tells them
   * apart.
   */
  public String label() {
    StringBuilder out = new StringBuilder();
    out.append(model).append(" on ").append(dataset).append('/').append(split);
    out.append(" with ").append(engine);
    out.append(", ").append(threads).append(threads == 1 ? " thread" : " threads");
    if (!precision.equals(USUAL_PRECISION)) {
      out.append(", ").append(precision);
    }
    form.ifPresent(word -> out.append(", gates ").append(word));
    out.append(", at ").append(input);
    if (!protocol.name().equals(USUAL_PROTOCOL)) {
      out.append(", by ").append(protocol.name());
    }
    return out.toString();
  }

  /** By label, then by digest. */
  @Override
  public int compareTo(SeriesKey other) {
    int byLabel = label().compareTo(other.label());
    return byLabel != 0 ? byLabel : digest().compareTo(other.digest());
  }
}
