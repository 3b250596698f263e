package io.drivemark.architectures.variant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Upsampling;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How many filters a layer has. A parent's widths beside its variant's say what pruning left where.
 * Immutable.
 *
 * @param layer the convolution's name
 * @param isDecoder whether anything it reads has been upsampled before, or it upsamples itself
 * @param filters output channels
 */
public record LayerWidth(String layer, boolean isDecoder, int filters) {
  /** The fact of a pruned model that holds its parent's widths. */
  public static final String PARENT_LAYERS = "parent-layers";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";

  public LayerWidth {
    Objects.requireNonNull(layer, "layer");
    if (filters < 1) {
      throw new IllegalArgumentException("layer " + layer + " has " + filters + " filters");
    }
  }

  /**
   * The convolutions that output 0 needs, in the network's order. Depthwise ones are left out: they
   * hand on the channels they are given.
   *
   * @param height of the images, which decides what counts as upsampling
   * @param width of them
   * @throws IllegalArgumentException if the network cannot take this size
   */
  public static List<LayerWidth> of(Network network, int height, int width) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    List<Node> nodes = Cost.needed(network, network.outputs().subList(0, 1));
    Set<String> upsampled = Upsampling.values(nodes, shapes);
    List<LayerWidth> widths = new ArrayList<>();
    for (Node node : nodes) {
      int filters = filters(network, node);
      if (filters > 0) {
        widths.add(new LayerWidth(node.name(), upsampled.contains(node.output()), filters));
      }
    }
    return List.copyOf(widths);
  }

  /** 0 where a node makes no channels of its own. */
  private static int filters(Network network, Node node) {
    Weight weight = node.inputs().size() < 2 ? null : network.weights().get(node.inputs().get(1));
    if (weight == null) {
      return 0;
    }
    Shape shape = weight.tensor().shape();
    if (node.op() instanceof Conv2d conv) {
      boolean isDepthwise =
          conv.groups() > 1 && conv.groups() == shape.extent(0) && shape.extent(1) == 1;
      return isDepthwise ? 0 : shape.extent(0);
    }
    if (node.op() instanceof ConvTranspose2d conv) {
      boolean isDepthwise = conv.groups() > 1 && shape.extent(1) == 1;
      return isDepthwise ? 0 : shape.extent(1) * conv.groups();
    }
    return 0;
  }

  /** Widths as one line of JSON, for the metadata of a pruned model. */
  public static String text(List<LayerWidth> widths) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    for (LayerWidth width : widths) {
      out.addArray()
          .add(width.layer())
          .add(width.isDecoder() ? DECODER : ENCODER)
          .add(width.filters());
    }
    return out.toString();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @param source what to call it in messages
   * @throws BadInputException if it is something else
   */
  public static List<LayerWidth> parse(String source, String text) {
    List<LayerWidth> widths = new ArrayList<>();
    try {
      JsonNode rows = JSON.readTree(text);
      for (JsonNode row : rows) {
        boolean whole =
            row.size() == 3
                && row.get(0).isTextual()
                && (row.get(1).asText().equals(ENCODER) || row.get(1).asText().equals(DECODER))
                && row.get(2).isInt()
                && row.get(2).intValue() > 0;
        if (!whole) {
          throw new BadInputException(
              source + ": found " + row + ", expected [\"layer\", \"encoder\" or \"decoder\", 16]");
        }
        widths.add(
            new LayerWidth(
                row.get(0).textValue(),
                row.get(1).asText().equals(DECODER),
                row.get(2).intValue()));
      }
      return List.copyOf(widths);
    } catch (JsonProcessingException e) {
      throw new BadInputException(source + ": no valid JSON: " + e.getOriginalMessage(), e);
    }
  }
}
