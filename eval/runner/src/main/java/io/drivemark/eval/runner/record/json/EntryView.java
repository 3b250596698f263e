package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.Prints;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.robust.Robustness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The fields of an {@link Entry} in {@code results.json}, in their order: the contract. What one
 * object of a record is spread over here is put together by {@link #entry}. Immutable.
 *
 * @param task follows from {@code depth}; absent where it is segmentation; written for readers, not
 *     read
 * @param trained follows from {@code modelFacts}; written for readers, not read
 * @param fps follows from {@code latencyMs}; written for readers, not read
 * @param latency what is known of the latencies besides; absent, there are none
 * @param folder absent, nothing was measured
 */
record EntryView(
    String model,
    String architecture,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> task,
    Optional<JsonNode> trained,
    boolean complete,
    List<String> issues,
    List<String> notes,
    Variant variant,
    EngineFacts engine,
    DatasetFacts dataset,
    FrameSize input,
    ProtocolFacts protocol,
    Optional<AccuracyView> accuracy,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<DepthAccuracy> depth,
    Optional<Cost> cost,
    Optional<Speed.Latency> latencyMs,
    Optional<JsonNode> fps,
    Optional<Speed.Latency> modelLatencyMs,
    OptionalDouble imageDecodeMs,
    Optional<SpeedView> latency,
    List<ImageScore> perImage,
    Optional<Confidence> confidence,
    List<SliceScore> slices,
    List<MiouDifference> differences,
    List<Picture> pictures,
    Optional<JsonNode> diagnosis,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GaugeReading> readings,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Prints> prints,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Driving> driving,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Robustness> robustness,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<CueFacts> cues,
    Optional<PassTime> accuracyPass,
    @JsonSetter(nulls = Nulls.AS_EMPTY) String folder,
    Optional<Facts> modelFacts,
    Map<String, String> method) {

  /** What a model was made from, and how. */
  record Variant(
      String technique,
      Optional<String> parent,
      Optional<String> criterion,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Lineage> lineage) {}

  /** What is known of a model besides; absent in records of old. */
  record Facts(
      String labels,
      String digest,
      List<String> reading,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> storedPrecision,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalLong storedBytes,
      Map<String, String> options,
      Map<String, String> provenance) {
    private static final Facts UNKNOWN =
        new Facts("", "", List.of(), Optional.empty(), OptionalLong.empty(), Map.of(), Map.of());
  }

  /** The fields of an entry. */
  static EntryView of(Entry entry) {
    ModelFacts model = entry.model();
    Optional<Speed> speed = entry.speed();
    return new EntryView(
        model.name(),
        model.architecture(),
        entry.depth().map(d -> entry.task().word()),
        Optional.of(RecordMapper.value(model.trained())),
        entry.complete(),
        entry.issues(),
        entry.notes(),
        new Variant(model.technique(), model.parent(), model.criterion(), model.lineage()),
        entry.engine(),
        entry.dataset(),
        entry.input(),
        entry.protocol(),
        entry.accuracy().map(AccuracyView::of),
        entry.depth(),
        entry.cost(),
        speed.map(Speed::endToEnd),
        speed.map(s -> RecordMapper.value(s.fps())),
        speed.map(Speed::model),
        speed.map(Speed::imageDecodeMs).orElse(OptionalDouble.empty()),
        speed.map(SpeedView::of),
        entry.perImage(),
        entry.confidence(),
        entry.slices(),
        entry.differences(),
        entry.pictures(),
        entry.diagnosis().map(DiagnosisJson::write),
        entry.readings(),
        entry.prints(),
        entry.driving(),
        entry.robustness(),
        entry.cues(),
        entry.pass(),
        entry.folder(),
        Optional.of(
            new Facts(
                model.labels(),
                model.digest(),
                model.reading(),
                model.storedPrecision(),
                model.storedBytes(),
                model.options(),
                model.provenance())),
        entry.method());
  }

  /**
   * The entry of these fields.
   *
   * @param at where they stand
   * @throws io.drivemark.problem.BadInputException if fields are missing that belong together, or
   *     contradict each other
   */
  Entry entry(JsonPlace at) {
    Facts facts = modelFacts.orElse(Facts.UNKNOWN);
    return new Entry(
        folder,
        new ModelFacts(
            model,
            architecture,
            variant.technique(),
            variant.parent(),
            variant.criterion(),
            facts.labels(),
            facts.digest(),
            facts.options(),
            facts.provenance(),
            variant.lineage(),
            facts.reading(),
            facts.storedPrecision(),
            facts.storedBytes()),
        complete,
        issues,
        engine,
        dataset,
        input,
        protocol,
        accuracy.map(a -> a.accuracy(at.field("accuracy"))),
        cost,
        latency.map(
            rest ->
                rest.speed(
                    at.field("latencyMs").required(latencyMs, StrictValues.OBJECT),
                    at.field("modelLatencyMs").required(modelLatencyMs, StrictValues.OBJECT),
                    imageDecodeMs)),
        perImage,
        pictures,
        accuracyPass,
        method,
        confidence,
        slices,
        differences,
        diagnosis
            .filter(node -> !node.isNull())
            .map(node -> DiagnosisJson.read(new JsonFields(at.field("diagnosis"), node))),
        notes,
        readings,
        depth,
        prints,
        driving,
        robustness,
        cues);
  }
}
