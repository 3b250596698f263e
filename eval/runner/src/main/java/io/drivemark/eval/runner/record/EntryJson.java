package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** An {@link Entry} as the JSON object the contract describes, and back. Stateless. */
public final class EntryJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private EntryJson() {}

  /** The JSON object of an entry. */
  public static ObjectNode write(Entry entry) {
    ObjectNode out = JSON.objectNode();
    ModelFacts model = entry.model();
    out.put("model", model.name());
    out.put("architecture", model.architecture());
    out.put("trained", model.trained());
    out.put("complete", entry.complete());
    texts(out.putArray("issues"), entry.issues());
    texts(out.putArray("notes"), entry.notes());
    ObjectNode variant = out.putObject("variant");
    variant.put("technique", model.technique());
    variant.put("parent", model.parent().orElse(null));
    variant.put("criterion", model.criterion().orElse(null));
    model.lineage().ifPresent(lineage -> variant.set("lineage", LineageJson.write(lineage)));
    ObjectNode engine = out.putObject("engine");
    engine.put("name", entry.engine().name());
    engine.put("version", entry.engine().version().orElse(null));
    engine.put("threads", entry.engine().threads());
    engine.put("precision", entry.engine().precision());
    ObjectNode dataset = out.putObject("dataset");
    dataset.put("name", entry.dataset().name());
    dataset.put("split", entry.dataset().split());
    dataset.put("images", entry.dataset().images());
    dataset.put("height", entry.dataset().height());
    dataset.put("width", entry.dataset().width());
    dataset.put("digest", entry.dataset().digest());
    ObjectNode input = out.putObject("input");
    input.put("height", entry.input().height());
    input.put("width", entry.input().width());
    ObjectNode protocol = out.putObject("protocol");
    protocol.put("name", entry.protocol().name());
    protocol.put("digest", entry.protocol().digest());
    protocol.put("mapping", entry.protocol().mapping());
    protocol.put("grid", entry.protocol().grid());
    set(out, "accuracy", entry.accuracy(), EntryJson::accuracy);
    set(out, "cost", entry.cost(), EntryJson::cost);
    SpeedJson.write(out, entry.speed());
    ArrayNode images = out.putArray("perImage");
    for (ImageScore score : entry.perImage()) {
      ObjectNode image = images.addObject();
      image.put("id", score.id());
      put(image, "miou", score.miou());
      if (!score.attributes().isEmpty()) {
        map(image.putObject("attributes"), score.attributes());
      }
    }
    set(out, "confidence", entry.confidence(), ConfidenceJson::write);
    ConfidenceJson.write(out.putArray("slices"), entry.slices());
    LineageJson.write(out.putArray("differences"), entry.differences());
    pictures(out.putArray("pictures"), entry.pictures());
    set(out, "diagnosis", entry.diagnosis(), DiagnosisJson::write);
    set(
        out,
        "accuracyPass",
        entry.pass(),
        pass -> {
          ObjectNode o = JSON.objectNode();
          o.put("wallMs", pass.wallMs());
          o.put("engineMs", pass.engineMs());
          return o;
        });
    out.put("folder", entry.folder());
    ObjectNode provenance = out.putObject("modelFacts");
    provenance.put("labels", model.labels());
    provenance.put("digest", model.digest());
    texts(provenance.putArray("reading"), model.reading());
    model.storedPrecision().ifPresent(stored -> provenance.put("storedPrecision", stored));
    map(provenance.putObject("options"), model.options());
    map(provenance.putObject("provenance"), model.provenance());
    map(out.putObject("method"), entry.method());
    return out;
  }

  /**
   * The entry of a JSON object; fields it does not know are ignored.
   *
   * @param source what to call it in messages
   * @param path where in the source it stands
   * @throws io.drivemark.problem.BadInputException if a field is missing or of the wrong kind
   */
  public static Entry read(String source, String path, JsonNode node) {
    return new JsonFields(source, path, node).made(EntryJson::read);
  }

  static Entry read(JsonFields in) {
    JsonFields variant = in.object("variant");
    JsonFields engine = in.object("engine");
    JsonFields dataset = in.object("dataset");
    JsonFields input = in.object("input");
    JsonFields protocol = in.object("protocol");
    Optional<JsonFields> facts = in.optionalObject("modelFacts");
    ModelFacts model =
        new ModelFacts(
            in.text("model"),
            in.text("architecture"),
            variant.text("technique"),
            variant.optionalText("parent"),
            variant.optionalText("criterion"),
            facts.map(f -> f.text("labels")).orElse(""),
            facts.map(f -> f.text("digest")).orElse(""),
            facts.map(f -> f.textMap("options")).orElse(Map.of()),
            facts.map(f -> f.textMap("provenance")).orElse(Map.of()),
            variant.optionalObject("lineage").map(LineageJson::read),
            facts.map(f -> f.texts("reading")).orElse(List.of()),
            facts.flatMap(f -> f.optionalText("storedPrecision")));
    return new Entry(
        in.optionalText("folder").orElse(""),
        model,
        in.flag("complete"),
        in.texts("issues"),
        new EngineFacts(
            engine.text("name"),
            engine.optionalText("version"),
            engine.integer("threads"),
            engine.text("precision")),
        new DatasetFacts(
            dataset.text("name"),
            dataset.text("split"),
            dataset.integer("images"),
            dataset.integer("height"),
            dataset.integer("width"),
            dataset.optionalText("digest").orElse("")),
        new FrameSize(input.integer("height"), input.integer("width")),
        new ProtocolFacts(
            protocol.text("name"),
            protocol.text("digest"),
            protocol.optionalText("mapping").orElse(""),
            protocol.optionalText("grid").orElse("")),
        in.optionalObject("accuracy").map(EntryJson::readAccuracy),
        in.optionalObject("cost").map(EntryJson::readCost),
        SpeedJson.read(in),
        in.objects(
            "perImage",
            i -> new ImageScore(i.text("id"), i.optionalNumber("miou"), i.textMap("attributes"))),
        in.objects("pictures", EntryJson::picture),
        in.optionalObject("accuracyPass")
            .map(p -> new PassTime(p.number("wallMs"), p.number("engineMs"))),
        in.textMap("method"),
        in.optionalObject("confidence").map(ConfidenceJson::read),
        in.objects("slices", ConfidenceJson::slice),
        in.objects("differences", LineageJson::difference),
        in.optionalObject("diagnosis").map(DiagnosisJson::read),
        in.texts("notes"));
  }

  static void pictures(ArrayNode out, List<Picture> pictures) {
    for (Picture picture : pictures) {
      ObjectNode p = out.addObject();
      p.put("id", picture.id());
      p.put("image", picture.image());
      p.put("truth", picture.truth());
      p.put("prediction", picture.prediction());
      p.put("error", picture.error());
    }
  }

  static Picture picture(JsonFields in) {
    return new Picture(
        in.text("id"), in.text("image"), in.text("truth"), in.text("prediction"), in.text("error"));
  }

  private static ObjectNode accuracy(Accuracy accuracy) {
    ObjectNode out = JSON.objectNode();
    put(out, "miou", accuracy.miou());
    put(out, "pixelAccuracy", accuracy.pixelAccuracy());
    put(out, "meanAccuracy", accuracy.meanAccuracy());
    put(out, "frequencyWeightedIou", accuracy.frequencyWeightedIou());
    ObjectNode iou = out.putObject("iou");
    ObjectNode precision = out.putObject("precision");
    ObjectNode recall = out.putObject("recall");
    ObjectNode f1 = out.putObject("f1");
    ObjectNode colors = out.putObject("colors");
    ObjectNode truth = out.putObject("truthPixels");
    for (Accuracy.ClassScore score : accuracy.classes()) {
      put(iou, score.name(), score.iou());
      put(precision, score.name(), score.precision());
      put(recall, score.name(), score.recall());
      put(f1, score.name(), score.f1());
      colors.put(score.name(), String.format(Locale.ROOT, "#%06x", score.color()));
      truth.put(score.name(), score.truthPixels());
    }
    ArrayNode confusion = out.putArray("confusion");
    for (List<Long> row : accuracy.confusion()) {
      ArrayNode cells = confusion.addArray();
      row.forEach(cells::add);
    }
    return out;
  }

  private static Accuracy readAccuracy(JsonFields in) {
    JsonFields iou = in.object("iou");
    JsonFields precision = in.object("precision");
    JsonFields recall = in.object("recall");
    JsonFields f1 = in.object("f1");
    JsonFields colors = in.object("colors");
    JsonFields truth = in.object("truthPixels");
    List<Accuracy.ClassScore> classes = new ArrayList<>();
    iou.keys()
        .forEachRemaining(
            name ->
                classes.add(
                    new Accuracy.ClassScore(
                        name,
                        color(in, colors.text(name)),
                        iou.optionalNumber(name),
                        precision.optionalNumber(name),
                        recall.optionalNumber(name),
                        f1.optionalNumber(name),
                        truth.whole(name))));
    return new Accuracy(
        in.optionalNumber("miou"),
        in.optionalNumber("pixelAccuracy"),
        in.optionalNumber("meanAccuracy"),
        in.optionalNumber("frequencyWeightedIou"),
        classes,
        in.table("confusion"));
  }

  private static int color(JsonFields in, String text) {
    if (!text.matches("#[0-9a-f]{6}")) {
      throw in.problem("colour: found " + text + ", expected #rrggbb");
    }
    return Integer.parseInt(text.substring(1), 16);
  }

  private static ObjectNode cost(Cost cost) {
    ObjectNode out = JSON.objectNode();
    put(out, "params", cost.params());
    put(out, "macs", cost.macs());
    put(out, "macsAtLeast", cost.macsAtLeast());
    put(out, "activationBytes", cost.activationBytes());
    return out;
  }

  private static Cost readCost(JsonFields in) {
    return new Cost(
        in.optionalWhole("params"),
        in.optionalWhole("macs"),
        in.optionalWhole("macsAtLeast"),
        in.optionalWhole("activationBytes"));
  }

  static void texts(ArrayNode out, List<String> texts) {
    texts.forEach(out::add);
  }

  static void map(ObjectNode out, Map<String, String> map) {
    map.forEach(out::put);
  }

  static void put(ObjectNode out, String key, OptionalDouble value) {
    if (value.isPresent()) {
      out.put(key, value.getAsDouble());
    } else {
      out.putNull(key);
    }
  }

  static void put(ObjectNode out, String key, OptionalLong value) {
    if (value.isPresent()) {
      out.put(key, value.getAsLong());
    } else {
      out.putNull(key);
    }
  }

  static <T> void set(
      ObjectNode out, String key, Optional<T> value, Function<T, ObjectNode> write) {
    if (value.isPresent()) {
      out.set(key, write.apply(value.get()));
    } else {
      out.putNull(key);
    }
  }
}
