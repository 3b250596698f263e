package io.drivemark.eval.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.onnx.ForeignOperator;
import io.drivemark.architectures.sheet.NetworkSheet;
import io.drivemark.architectures.sheet.NetworkSheet.AtSize;
import io.drivemark.architectures.sheet.NetworkSheet.Figures;
import io.drivemark.architectures.sheet.Obstacle;
import io.drivemark.architectures.sheet.Outline;
import io.drivemark.architectures.sheet.Outline.Block;
import io.drivemark.architectures.sheet.Outline.Kind;
import io.drivemark.architectures.sheet.Outline.Link;
import io.drivemark.eval.runner.record.ResultsJson;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A network's sheet as {@code network.json} of a cell's folder, and back. It follows from the model
 * alone and is there for the report, which does not load models. Stateless.
 */
public final class SheetFile {
  private static final String FILE = "network.json";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SheetFile() {}

  /** Writes a sheet into a cell's folder. */
  public static void write(NetworkSheet sheet, Path folder) {
    ResultsJson.writeNode(folder.resolve(FILE), write(sheet));
  }

  /**
   * The sheet in a cell's folder; empty if there is none, as in records of older versions.
   *
   * @throws io.drivemark.problem.BadInputException if it is damaged
   */
  public static Optional<NetworkSheet> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(ResultsJson.readNode(file)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new BadInputException(
          file
              + ": is damaged ("
              + e.getMessage()
              + "); remove the folder "
              + folder
              + " to measure the cell again",
          e);
    }
  }

  static ObjectNode write(NetworkSheet sheet) {
    ObjectNode out = JSON.objectNode();
    out.put("params", sheet.parameters());
    out.put("paramsExact", sheet.parametersExact());
    out.put("precision", sheet.precision());
    out.put("paramsInTraining", sheet.trainingParameters());
    out.put("operators", sheet.operators());
    ArrayNode sizes = out.putArray("sizes");
    for (AtSize at : sheet.sizes()) {
      ObjectNode node = sizes.addObject();
      size(node, at.size());
      node.put("refusal", at.refusal());
      at.figures()
          .ifPresent(
              f -> {
                ObjectNode figures = node.putObject("figures");
                figures.put("macs", f.macs());
                figures.put("activationBytes", f.activationBytes());
                figures.put("peakActivationBytes", f.peakActivationBytes());
                figures.put("exact", f.exact());
                figures.put("receptiveField", f.receptiveField());
              });
    }
    ArrayNode obstacles = out.putArray("unknownOperators");
    for (Obstacle obstacle : sheet.obstacles()) {
      ObjectNode node = obstacles.addObject();
      node.put("node", obstacle.operator().node());
      node.put("type", obstacle.operator().type());
      node.put("domain", obstacle.operator().domain());
      obstacle.operator().opset().ifPresent(opset -> node.put("opset", opset));
      obstacle.unknownCost().forEach(node.putArray("unknownCost")::add);
      obstacle.fixedLayers().forEach(node.putArray("fixedLayers")::add);
      node.put("nodes", obstacle.nodes());
      node.put("times", obstacle.times());
      node.put("runs", obstacle.runs());
      node.put("prunable", obstacle.prunable());
    }
    size(out.putObject("drawnAt"), sheet.drawnAt());
    sheet.outline().ifPresent(outline -> out.set("outline", write(outline)));
    return out;
  }

  private static void size(ObjectNode out, Size size) {
    out.put("height", size.height());
    out.put("width", size.width());
  }

  private static ObjectNode write(Outline outline) {
    ObjectNode out = JSON.objectNode();
    ArrayNode blocks = out.putArray("blocks");
    for (Block block : outline.blocks()) {
      ObjectNode node = blocks.addObject();
      node.put("name", block.name());
      node.put("kind", block.kind().name().toLowerCase(Locale.ROOT));
      node.put("repeats", block.repeats());
      ArrayNode shape = node.putArray("shape");
      if (block.shape().hasRank()) {
        for (int extent : block.shape().extents()) {
          shape.add(extent);
        }
      }
      node.put("params", block.parameters());
      node.put("macs", block.macs());
      node.put("operators", block.operators());
    }
    ArrayNode links = out.putArray("links");
    outline.links().forEach(l -> links.addArray().add(l.from()).add(l.to()));
    return out;
  }

  private static NetworkSheet read(JsonNode in) {
    return new NetworkSheet(
        in.required("params").longValue(),
        in.path("paramsExact").asBoolean(true),
        in.path("precision").asText("fp32"),
        in.required("paramsInTraining").longValue(),
        in.required("operators").intValue(),
        all(in.required("sizes"), SheetFile::readSize),
        all(in.required("unknownOperators"), SheetFile::readObstacle),
        size(in.required("drawnAt")),
        Optional.ofNullable(in.get("outline")).map(SheetFile::readOutline));
  }

  private static <T> List<T> all(JsonNode list, Function<JsonNode, T> read) {
    List<T> out = new ArrayList<>();
    list.forEach(item -> out.add(read.apply(item)));
    return out;
  }

  private static Size size(JsonNode in) {
    return new Size(in.required("height").intValue(), in.required("width").intValue());
  }

  private static AtSize readSize(JsonNode in) {
    return new AtSize(
        size(in),
        Optional.ofNullable(in.get("figures")).map(SheetFile::readFigures),
        in.required("refusal").textValue());
  }

  private static Figures readFigures(JsonNode in) {
    return new Figures(
        in.required("macs").longValue(),
        in.required("activationBytes").longValue(),
        in.required("peakActivationBytes").longValue(),
        in.required("exact").booleanValue(),
        in.required("receptiveField").textValue());
  }

  private static Obstacle readObstacle(JsonNode in) {
    return new Obstacle(
        new ForeignOperator(
            in.required("node").textValue(),
            in.required("type").textValue(),
            in.required("domain").textValue(),
            in.has("opset") ? OptionalLong.of(in.get("opset").longValue()) : OptionalLong.empty()),
        in.path("times").asInt(1),
        in.path("runs").asBoolean(true),
        in.path("prunable").asBoolean(true),
        all(in.required("unknownCost"), JsonNode::textValue),
        all(in.required("fixedLayers"), JsonNode::textValue),
        in.required("nodes").intValue());
  }

  private static Outline readOutline(JsonNode in) {
    return new Outline(
        all(in.required("blocks"), SheetFile::readBlock),
        all(
            in.required("links"),
            l -> new Link(l.required(0).intValue(), l.required(1).intValue())));
  }

  private static Block readBlock(JsonNode in) {
    int[] extents =
        all(in.required("shape"), JsonNode::intValue).stream().mapToInt(e -> e).toArray();
    return new Block(
        in.required("name").textValue(),
        Kind.valueOf(in.required("kind").textValue().toUpperCase(Locale.ROOT)),
        in.required("repeats").intValue(),
        extents.length == 0 ? Shape.unknown() : Shape.of(extents),
        in.required("params").longValue(),
        in.required("macs").longValue(),
        in.required("operators").textValue());
  }
}
