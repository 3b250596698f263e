package io.drivemark.eval.runner.evidence;

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
import io.drivemark.eval.runner.record.json.ResultsJson;
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
        whole(in, "params"),
        !in.has("paramsExact") || flag(in, "paramsExact"),
        in.has("precision") ? text(in, "precision") : "fp32",
        whole(in, "paramsInTraining"),
        number(in, "operators"),
        all(in.required("sizes"), SheetFile::readSize),
        all(in.required("unknownOperators"), SheetFile::readObstacle),
        size(in.required("drawnAt")),
        Optional.ofNullable(in.get("outline")).map(SheetFile::readOutline));
  }

  private static <T> List<T> all(JsonNode list, Function<JsonNode, T> read) {
    List<T> out = new ArrayList<>();
    if (!list.isArray()) {
      throw wrong(list, "a list");
    }
    list.forEach(item -> out.add(read.apply(item)));
    return out;
  }

  private static Size size(JsonNode in) {
    return new Size(number(in, "height"), number(in, "width"));
  }

  private static AtSize readSize(JsonNode in) {
    return new AtSize(
        size(in),
        Optional.ofNullable(in.get("figures")).map(SheetFile::readFigures),
        text(in, "refusal"));
  }

  private static Figures readFigures(JsonNode in) {
    return new Figures(
        whole(in, "macs"),
        whole(in, "activationBytes"),
        whole(in, "peakActivationBytes"),
        flag(in, "exact"),
        text(in, "receptiveField"));
  }

  private static Obstacle readObstacle(JsonNode in) {
    return new Obstacle(
        new ForeignOperator(
            text(in, "node"),
            text(in, "type"),
            text(in, "domain"),
            in.has("opset") ? OptionalLong.of(whole(in, "opset")) : OptionalLong.empty()),
        in.has("times") ? number(in, "times") : 1,
        !in.has("runs") || flag(in, "runs"),
        !in.has("prunable") || flag(in, "prunable"),
        all(in.required("unknownCost"), SheetFile::text),
        all(in.required("fixedLayers"), SheetFile::text),
        number(in, "nodes"));
  }

  private static Outline readOutline(JsonNode in) {
    return new Outline(
        all(in.required("blocks"), SheetFile::readBlock),
        all(in.required("links"), l -> new Link(number(l.required(0)), number(l.required(1)))));
  }

  private static Block readBlock(JsonNode in) {
    int[] extents =
        all(in.required("shape"), SheetFile::number).stream().mapToInt(e -> e).toArray();
    for (int extent : extents) {
      if (extent == 0) {
        throw wrong(in.required("shape"), "a shape without a 0");
      }
    }
    return new Block(
        text(in, "name"),
        Kind.valueOf(text(in, "kind").toUpperCase(Locale.ROOT)),
        number(in, "repeats"),
        extents.length == 0 ? Shape.unknown() : Shape.of(extents),
        whole(in, "params"),
        whole(in, "macs"),
        text(in, "operators"));
  }

  private static long whole(JsonNode in, String key) {
    JsonNode value = in.required(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong(value, key + " to be a whole number");
    }
    return value.longValue();
  }

  private static int number(JsonNode in, String key) {
    return number(in.required(key));
  }

  private static int number(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(value, "a whole number");
    }
    return value.intValue();
  }

  private static String text(JsonNode in, String key) {
    return text(in.required(key));
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(value, "a text");
    }
    return value.textValue();
  }

  private static boolean flag(JsonNode in, String key) {
    JsonNode value = in.required(key);
    if (!value.isBoolean()) {
      throw wrong(value, key + " to be true or false");
    }
    return value.booleanValue();
  }

  private static IllegalArgumentException wrong(JsonNode found, String expected) {
    return new IllegalArgumentException("found " + found + ", expected " + expected);
  }
}
