package io.drivemark.eval.runner.record;

import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.robust.Robustness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What was found for one model on one dataset with one engine at one input size. Immutable.
 *
 * @param folder the cell's folder relative to the results file, for example {@code
 *     cells/enet-camvid_camvid-val_onnxruntime_360x480-1a2b3c4d}; empty where nothing was measured
 * @param model what was judged
 * @param complete whether every frame and every measurement asked for is in it
 * @param issues what is missing and why, in words; empty if complete
 * @param engine what ran it
 * @param dataset what it was judged on
 * @param input the size of the network's input
 * @param protocol the rules the accuracy follows; numbers under different digests never share a
 *     column
 * @param accuracy how right it is; absent if nothing could be judged
 * @param cost what it takes by calculation
 * @param speed how fast it is; absent if not measured
 * @param perImage mIoU of each judged frame, in sample order
 * @param pictures gallery frames
 * @param pass what the accuracy pass took; absent if there was none
 * @param method how each number was made: number → how, in words
 * @param confidence how sure the accuracy is; absent if its frames make fewer than two clusters
 * @param slices mIoU of the frames that share an attribute's value, by attribute and value
 * @param differences of a pruned model from its parent and siblings, of another from the most
 *     accurate that is not pruned; not kept in its cell
 * @param diagnosis where and how gravely it errs; absent in older records
 * @param notes what a reader of its numbers must know although nothing is missing: how the model's
 *     file was read, what its outputs look like; one sentence each
 * @param readings what each gauge gave; where a stored figure follows by another derivation than
 *     today's, today's stands beside it. Empty in records of older programs
 * @param depth how far its distances are off; present where the model was asked for depth, which
 *     has none of accuracy, scores by image, confidence, slices, differences and diagnosis
 * @param prints what tells whether two cells gave the same answers; absent in older records
 * @param driving what its answers are worth where they come late; absent where the study does not
 *     ask for it; not kept in its cell
 * @param robustness what it is worth on corrupted frames; absent where the study does not ask
 * @param cues what those around its network made of its runs; absent where there are none
 */
public record Entry(
    String folder,
    ModelFacts model,
    boolean complete,
    List<String> issues,
    EngineFacts engine,
    DatasetFacts dataset,
    FrameSize input,
    ProtocolFacts protocol,
    Optional<Accuracy> accuracy,
    Optional<Cost> cost,
    Optional<Speed> speed,
    List<ImageScore> perImage,
    List<Picture> pictures,
    Optional<PassTime> pass,
    Map<String, String> method,
    Optional<Confidence> confidence,
    List<SliceScore> slices,
    List<MiouDifference> differences,
    Optional<Diagnosis> diagnosis,
    List<String> notes,
    List<GaugeReading> readings,
    Optional<DepthAccuracy> depth,
    Optional<Prints> prints,
    Optional<Driving> driving,
    Optional<Robustness> robustness,
    Optional<CueFacts> cues) {

  /** An entry that says nothing of the road, of corrupted frames and of cues. */
  public Entry(
      String folder,
      ModelFacts model,
      boolean complete,
      List<String> issues,
      EngineFacts engine,
      DatasetFacts dataset,
      FrameSize input,
      ProtocolFacts protocol,
      Optional<Accuracy> accuracy,
      Optional<Cost> cost,
      Optional<Speed> speed,
      List<ImageScore> perImage,
      List<Picture> pictures,
      Optional<PassTime> pass,
      Map<String, String> method,
      Optional<Confidence> confidence,
      List<SliceScore> slices,
      List<MiouDifference> differences,
      Optional<Diagnosis> diagnosis,
      List<String> notes,
      List<GaugeReading> readings,
      Optional<DepthAccuracy> depth,
      Optional<Prints> prints) {
    this(
        folder,
        model,
        complete,
        issues,
        engine,
        dataset,
        input,
        protocol,
        accuracy,
        cost,
        speed,
        perImage,
        pictures,
        pass,
        method,
        confidence,
        slices,
        differences,
        diagnosis,
        notes,
        readings,
        depth,
        prints,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** An entry without intervals, slices, differences, diagnosis and notes. */
  public Entry(
      String folder,
      ModelFacts model,
      boolean complete,
      List<String> issues,
      EngineFacts engine,
      DatasetFacts dataset,
      FrameSize input,
      ProtocolFacts protocol,
      Optional<Accuracy> accuracy,
      Optional<Cost> cost,
      Optional<Speed> speed,
      List<ImageScore> perImage,
      List<Picture> pictures,
      Optional<PassTime> pass,
      Map<String, String> method) {
    this(
        folder,
        model,
        complete,
        issues,
        engine,
        dataset,
        input,
        protocol,
        accuracy,
        cost,
        speed,
        perImage,
        pictures,
        pass,
        method,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  public Entry {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(model, "model");
    issues = List.copyOf(issues);
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(accuracy, "accuracy");
    Objects.requireNonNull(cost, "cost");
    Objects.requireNonNull(speed, "speed");
    perImage = List.copyOf(perImage);
    pictures = List.copyOf(pictures);
    Objects.requireNonNull(pass, "pass");
    method = Collections.unmodifiableMap(new TreeMap<>(method));
    Objects.requireNonNull(confidence, "confidence");
    slices = List.copyOf(slices);
    differences = List.copyOf(differences);
    Objects.requireNonNull(diagnosis, "diagnosis");
    notes = List.copyOf(notes);
    readings = List.copyOf(readings);
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(prints, "prints");
    Objects.requireNonNull(driving, "driving");
    Objects.requireNonNull(robustness, "robustness");
    Objects.requireNonNull(cues, "cues");
    if (depth.isPresent() && (accuracy.isPresent() || !perImage.isEmpty())) {
      throw new IllegalArgumentException("an entry of depth has no accuracy of labels");
    }
  }

  /** What the model was asked for. */
  public Task task() {
    return depth.isPresent() ? Task.DEPTH : Task.SEGMENTATION;
  }

  /** The same with this speed, or with none. */
  public Entry withSpeed(Optional<Speed> other) {
    return with(parts -> parts.speed = other);
  }

  /** The same with one more issue, therefore not complete. */
  public Entry withIssue(String issue) {
    List<String> all = new ArrayList<>(issues);
    all.add(issue);
    return with(
        parts -> {
          parts.complete = false;
          parts.issues = all;
        });
  }

  /** The same with other words on how its numbers were made. */
  public Entry withMethod(Map<String, String> other) {
    return with(parts -> parts.method = other);
  }

  /** The same with what is known of the model said anew. */
  public Entry withModel(ModelFacts other) {
    return with(parts -> parts.model = other);
  }

  /** The same with these differences from other models. */
  public Entry withDifferences(List<MiouDifference> others) {
    return with(parts -> parts.differences = others);
  }

  /** The same with these notes. */
  public Entry withNotes(List<String> others) {
    return with(parts -> parts.notes = others);
  }

  /** The same with these readings. */
  public Entry withReadings(List<GaugeReading> others) {
    return with(parts -> parts.readings = others);
  }

  /** The same with these distances. */
  public Entry withDepth(DepthAccuracy other) {
    return with(parts -> parts.depth = Optional.of(other));
  }

  /** The same with these prints. */
  public Entry withPrints(Prints other) {
    return with(parts -> parts.prints = Optional.of(other));
  }

  /** The same with what its late answers are worth, or without. */
  public Entry withDriving(Optional<Driving> other) {
    return with(parts -> parts.driving = other);
  }

  /** The same with what corrupted frames gave, or without. */
  public Entry withRobustness(Optional<Robustness> other) {
    return with(parts -> parts.robustness = other);
  }

  /** The same with what cues around its network made of its runs. */
  public Entry withCues(Optional<CueFacts> other) {
    return with(parts -> parts.cues = other);
  }

  /** What a copy may change, at first as it is here. */
  private static final class Parts {
    private ModelFacts model;
    private boolean complete;
    private List<String> issues;
    private Optional<Speed> speed;
    private Map<String, String> method;
    private List<MiouDifference> differences;
    private List<String> notes;
    private List<GaugeReading> readings;
    private Optional<DepthAccuracy> depth;
    private Optional<Prints> prints;
    private Optional<Driving> driving;
    private Optional<Robustness> robustness;
    private Optional<CueFacts> cues;

    Parts(Entry entry) {
      model = entry.model;
      complete = entry.complete;
      issues = entry.issues;
      speed = entry.speed;
      method = entry.method;
      differences = entry.differences;
      notes = entry.notes;
      readings = entry.readings;
      depth = entry.depth;
      prints = entry.prints;
      driving = entry.driving;
      robustness = entry.robustness;
      cues = entry.cues;
    }
  }

  private Entry with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return new Entry(
        folder,
        parts.model,
        parts.complete,
        parts.issues,
        engine,
        dataset,
        input,
        protocol,
        accuracy,
        cost,
        parts.speed,
        perImage,
        pictures,
        pass,
        parts.method,
        confidence,
        slices,
        parts.differences,
        diagnosis,
        parts.notes,
        parts.readings,
        parts.depth,
        parts.prints,
        parts.driving,
        parts.robustness,
        parts.cues);
  }
}
