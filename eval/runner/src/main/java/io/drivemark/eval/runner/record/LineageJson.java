package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a variant has to do with its parent and siblings as JSON, and back. Stateless. */
final class LineageJson {
  private LineageJson() {}

  static ObjectNode write(Lineage lineage) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("parentDigest", lineage.parentDigest());
    out.put("goal", lineage.goal());
    out.put("seed", lineage.seed());
    lineage
        .training()
        .ifPresent(
            training -> {
              ObjectNode node = out.putObject("training");
              node.put("epochs", training.epochs());
              node.put("fromScratch", training.fromScratch());
              node.put("recipe", training.recipe());
            });
    ArrayNode layers = out.putArray("layers");
    for (Lineage.KeptLayer layer : lineage.layers()) {
      ObjectNode node = layers.addObject();
      node.put("name", layer.name());
      node.put("decoder", layer.isDecoder());
      node.put("before", layer.before());
      node.put("after", layer.after());
    }
    EntryJson.texts(out.putArray("removedUnits"), lineage.removedUnits());
    return out;
  }

  static Lineage read(JsonFields in) {
    return new Lineage(
        in.text("parentDigest"),
        in.text("goal"),
        in.text("seed"),
        in.optionalObject("training")
            .map(
                t ->
                    new Lineage.Training(
                        t.integer("epochs"), t.flag("fromScratch"), t.text("recipe"))),
        in.objects("layers", LineageJson::layer),
        in.texts("removedUnits"));
  }

  private static Lineage.KeptLayer layer(JsonFields in) {
    int before = in.integer("before");
    int after = in.integer("after");
    if (before < 1 || after < 0 || after > before) {
      throw in.problem(
          "layer " + in.text("name") + ": found " + after + " of " + before + " filters kept");
    }
    return new Lineage.KeptLayer(in.text("name"), in.flag("decoder"), before, after);
  }

  static void write(ArrayNode out, List<MiouDifference> differences) {
    for (MiouDifference difference : differences) {
      ObjectNode node = out.addObject();
      node.put("from", difference.from());
      node.put("miou", difference.miou());
      EntryJson.put(node, "low", difference.low());
      EntryJson.put(node, "high", difference.high());
      EntryJson.put(node, "expandedLow", difference.expandedLow());
      EntryJson.put(node, "expandedHigh", difference.expandedHigh());
      EntryJson.put(node, "swapP", difference.swapP());
    }
  }

  static MiouDifference difference(JsonFields in) {
    return new MiouDifference(
        in.text("from"),
        in.number("miou"),
        in.optionalNumber("low"),
        in.optionalNumber("high"),
        in.optionalNumber("expandedLow"),
        in.optionalNumber("expandedHigh"),
        in.optionalNumber("swapP"));
  }
}
