package io.drivemark.eval.runner.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.gauge.standard.GatedCostGauge;
import io.drivemark.eval.gauge.standard.GatesGauge;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.metrics.gates.SiteGates;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.derive.DiagnosisView;
import io.drivemark.eval.runner.derive.FrameTimes;
import io.drivemark.eval.runner.derive.GatedCosts;
import io.drivemark.eval.runner.derive.Readings;
import io.drivemark.eval.runner.derive.Reliability;
import io.drivemark.eval.runner.derive.Speeds;
import io.drivemark.eval.runner.evidence.DepthEvidence;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.GaugeEvidence;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Cost.Gated;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.files.Digests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Derives a recorded cell's numbers from its evidence again. For one thread. */
final class CellCheck {
  private final Path folder;
  private final Entry entry;
  private final Gauges gauges;
  private Map<String, ConfusionMatrix> confusion = Map.of(); // by sample, once they are read
  private List<GaugeReading> stored = List.of();
  private final List<GaugeReading> newer = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  CellCheck(Path folder, Entry entry, Gauges gauges) {
    this.folder = folder;
    this.entry = entry;
    this.gauges = gauges;
  }

  /** The recorded readings; where a record has none, those that its diagnosis says. */
  List<GaugeReading> stored() {
    return stored;
  }

  /** What follows from the counts by later derivations than those of the recorded readings. */
  List<GaugeReading> newer() {
    return List.copyOf(newer);
  }

  /** What is shown as it was stored because today's program derives it otherwise. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The evidence file must be the one the record was made from. */
  void digest(String name, JsonNode digests) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw CellStore.refused(folder, name + " is missing");
    }
    if (!digests.path(name).asText().equals(Digests.of(file))) {
      throw CellStore.refused(folder, name + " has been changed since");
    }
  }

  /** Counts must give the recorded accuracy, to the last bit. To be asked before the readings. */
  void accuracy() {
    Accuracy recorded =
        entry.accuracy().orElseThrow(() -> CellStore.refused(folder, "it has no accuracy"));
    LabelSpace space = Accuracies.space(recorded);
    confusion = Evidence.readCounts(folder.resolve(Evidence.CONFUSION), space);
    Map<String, ConfusionMatrix> counts = confusion;
    if (counts.size() != entry.dataset().images()) {
      throw CellStore.refused(
          folder,
          "it says " + entry.dataset().images() + " images, its counts are of " + counts.size());
    }
    Protocol protocol = Protocols.named(entry.protocol().name());
    int derivation = derivation(ConfusionGauge.NAME);
    if (gauges.find(ConfusionGauge.NAME).orElseThrow().derivation() != derivation) {
      notes.add(asStored("accuracy", derivation));
      return;
    }
    Accuracy derived = Accuracies.of(protocol, space, counts);
    if (!derived.miou().equals(recorded.miou())) {
      throw CellStore.refused(
          folder,
          "it says miou " + text(recorded.miou()) + ", its counts give " + text(derived.miou()));
    }
    if (!derived.equals(recorded)) {
      throw CellStore.refused(folder, "its accuracy is not what its counts give");
    }
    if (!Accuracies.perImage(protocol, counts, attributes()).equals(entry.perImage())) {
      throw CellStore.refused(folder, "its accuracy by image is not what its counts give");
    }
    reliability(protocol, List.copyOf(counts.values()));
  }

  /** What is recorded of each frame besides its counts, by its id. */
  private Map<String, Map<String, String>> attributes() {
    Map<String, Map<String, String>> out = new HashMap<>();
    entry.perImage().forEach(image -> out.put(image.id(), image.attributes()));
    return out;
  }

  /** By which derivation a gauge's recorded figures follow; records without readings: the first. */
  private int derivation(String gauge) {
    return entry.readings().stream()
        .filter(reading -> reading.gauge().equals(gauge))
        .mapToInt(GaugeReading::derivation)
        .findFirst()
        .orElse(1);
  }

  static String asStored(String what, int derivation) {
    return "its "
        + what
        + " is shown as it was stored, by derivation "
        + derivation
        + "; today's program derives it otherwise";
  }

  /** Counts and attributes must give the recorded intervals and slices, where there are any. */
  private void reliability(Protocol protocol, List<ConfusionMatrix> counts) {
    List<Map<String, String>> attributes =
        entry.perImage().stream().map(ImageScore::attributes).toList();
    entry.confidence().ifPresent(c -> intervals(c, protocol, counts, attributes));
    if (!entry.slices().isEmpty()
        && !Reliability.sliceScores(protocol, counts, attributes).equals(entry.slices())) {
      throw CellStore.refused(folder, "its slices are not what its counts give");
    }
  }

  private void intervals(
      Confidence recorded,
      Protocol protocol,
      List<ConfusionMatrix> counts,
      List<Map<String, String>> attributes) {
    if (recorded.version() > Reliability.DERIVATION) {
      notes.add(asStored("interval", recorded.version()));
      return;
    }
    boolean first = recorded.version() == 1;
    boolean same =
        Reliability.confidence(protocol, counts, attributes)
            .map(anew -> first ? anew.withoutExpanded() : anew)
            .filter(recorded::agrees)
            .isPresent();
    if (!same) {
      throw CellStore.refused(folder, "its intervals are not what its counts give");
    }
  }

  /**
   * Counts must give the recorded readings, where they follow by the derivation of the installed
   * gauge, and the readings the recorded diagnosis.
   */
  void readings(JsonNode digests) {
    if (entry.readings().isEmpty() && entry.diagnosis().isEmpty()) {
      return; // of a program before there were any
    }
    List<Picture> worst = entry.diagnosis().map(Diagnosis::worstFrames).orElse(List.of());
    if (entry.readings().isEmpty()) {
      ofDiagnosis(digests);
    } else {
      stored = entry.readings();
      stored.forEach(reading -> compare(reading, digests));
    }
    if (!DiagnosisView.of(stored, worst).equals(entry.diagnosis())) {
      throw CellStore.refused(folder, "its diagnosis is not what its counts give");
    }
  }

  /** A record without readings: of gauges whose first derivation still holds all is derived. */
  private void ofDiagnosis(JsonNode digests) {
    List<GaugeReading> all = new ArrayList<>();
    for (GaugeReading said : DiagnosisView.readings(entry.diagnosis().orElseThrow(), gauges)) {
      GaugeReading anew = derived(gauges.find(said.gauge()).orElseThrow(), said, digests);
      if (anew.derivation() == said.derivation()) {
        all.add(anew); // compared through the diagnosis
      } else {
        all.add(said);
        newer.add(anew);
      }
    }
    stored = List.copyOf(all);
  }

  /** Gates must give the recorded cost of a gated network. To be asked after the readings. */
  void gated(JsonNode digests) {
    Optional<Gated> recorded = entry.cost().flatMap(Cost::gated);
    boolean judged = stored.stream().anyMatch(r -> r.gauge().equals(GatesGauge.NAME));
    if (recorded.isEmpty()) {
      if (judged && entry.cost().isPresent()) {
        throw CellStore.refused(folder, "its frames have gates, its cost does not say which");
      }
      return;
    }
    List<String> samples = List.copyOf(confusion.keySet());
    List<List<SiteGates>> gates = counts(new GatesGauge(), samples, digests, GatesGauge::gates);
    List<GatedMacs> macs =
        recorded.get().work().isPresent()
            ? counts(new GatedCostGauge(), samples, digests, GatedCostGauge::macs)
            : List.of();
    Gated anew = GatedCosts.of(samples, gates, macs);
    if (!anew.equals(recorded.get().withPictures(Optional.empty(), Optional.empty()))) {
      throw CellStore.refused(folder, "its gates and what they cost are not what its frames give");
    }
    if (!recorded.get().least().map(Picture::id).equals(GatedCosts.least(anew))
        || !recorded.get().most().map(Picture::id).equals(GatedCosts.most(anew))) {
      throw CellStore.refused(
          folder, "its pictures of the least and the most cost are of other frames");
    }
  }

  private <T> List<T> counts(
      Gauge gauge, List<String> samples, JsonNode digests, Function<Counts, T> meaning) {
    digest(GaugeEvidence.file(gauge.name()), digests);
    LabelSpace space = Accuracies.space(entry.accuracy().orElseThrow());
    return GaugeEvidence.read(folder, gauge, space, samples).stream().map(meaning).toList();
  }

  private void compare(GaugeReading reading, JsonNode digests) {
    Optional<Gauge> gauge = gauges.find(reading.gauge());
    if (gauge.isEmpty()) {
      String file = GaugeEvidence.file(reading.gauge());
      if (digests.has(file)) {
        digest(file, digests);
      }
      return; // it is shown as it was stored
    }
    GaugeReading anew = derived(gauge.get(), reading, digests);
    if (anew.derivation() != reading.derivation()) {
      newer.add(anew);
    } else if (!anew.agrees(reading)) {
      throw CellStore.refused(
          folder, "its figures of gauge " + reading.gauge() + " are not what its counts give");
    }
  }

  private GaugeReading derived(Gauge gauge, GaugeReading reading, JsonNode digests) {
    Accuracy accuracy = entry.accuracy().orElseThrow();
    LabelSpace space = Accuracies.space(accuracy);
    if (!gauge.columns(space).isEmpty()) {
      digest(GaugeEvidence.file(gauge.name()), digests);
    }
    List<String> samples = List.copyOf(confusion.keySet());
    Map<String, Map<String, String>> attributes = attributes();
    return Readings.of(
        gauge,
        new Pool(
            space,
            Protocols.named(entry.protocol().name()),
            reading.settings(),
            List.copyOf(confusion.values()),
            GaugeEvidence.read(folder, gauge, space, samples)),
        samples.stream().map(sample -> attributes.getOrDefault(sample, Map.of())).toList());
  }

  /** Errors of frames must give the recorded distances and their reading. */
  void distances(JsonNode digests) {
    digest(DepthEvidence.FILE, digests);
    stored = entry.readings();
    DepthCheck.require(folder, entry).ifPresent(notes::add);
  }

  /** Timed runs must give the recorded latency. */
  void speed(JsonNode digests) {
    Speed recorded =
        entry.speed().orElseThrow(() -> CellStore.refused(folder, "it has no latency"));
    TimedRuns timings = TimedRuns.read(folder.resolve(Evidence.LATENCY));
    boolean same =
        Speeds.endToEnd(timings).equals(recorded.endToEnd())
            && Speeds.engine(timings).equals(recorded.model())
            && Speeds.millis(timings.endToEnd()).equals(recorded.endToEndSamplesMs())
            && Speeds.millis(timings.engine()).equals(recorded.modelSamplesMs());
    if (!same) {
      throw CellStore.refused(folder, "its latency is not what its timed runs give");
    }
    recorded.byFrame().ifPresent(said -> byFrame(said, timings, digests));
    boolean joined = recorded.byFrame().isPresent() || timings.frames().isEmpty();
    if (!joined && entry.cost().flatMap(Cost::work).isPresent()) {
      throw CellStore.refused(
          folder, "its frames cost differently, its latency does not say what each of them took");
    }
  }

  /** Timed runs and costs of frames must give the recorded times of frames. */
  private void byFrame(Speed.ByFrame recorded, TimedRuns timings, JsonNode digests) {
    digest(Evidence.LATENCY_ALL_LIVE, digests);
    TimedRuns allLive = TimedRuns.read(folder.resolve(Evidence.LATENCY_ALL_LIVE));
    Optional<LatencySamples> masked = Optional.empty();
    if (recorded.maskedModel().isPresent()) {
      digest(Evidence.LATENCY_MASKED, digests);
      masked = Optional.of(TimedRuns.read(folder.resolve(Evidence.LATENCY_MASKED)).engine());
    }
    Optional<LatencySamples> maskedEngine = masked;
    boolean same =
        entry
            .cost()
            .flatMap(Cost::work)
            .flatMap(
                work ->
                    FrameTimes.of(
                        recorded.form(),
                        timings.engine(),
                        timings.frames(),
                        work,
                        allLive.endToEnd(),
                        allLive.engine(),
                        maskedEngine))
            .filter(recorded::equals)
            .isPresent();
    if (!same) {
      throw CellStore.refused(
          folder, "its times of frames are not what its timed runs and their costs give");
    }
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "undefined";
  }
}
