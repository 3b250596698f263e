package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.config.ConfigMap;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of head that the tests alone know: the row of the horizon, as a share of the height from
 * the top or the bottom. This class and its line among the services are all there is of it.
 *
 * @param from {@code top} or {@code bottom}
 */
record HorizonHead(String from) implements HeadKind {
  /** Reads {@code {from: top}}. */
  public static final class Type implements HeadType {
    @Override
    public String name() {
      return "horizon";
    }

    @Override
    public HeadKind read(ConfigMap keys, Path folder) {
      String from = keys.string("from");
      if (!from.equals("top") && !from.equals("bottom")) {
        keys.problem("from", "found " + from + ", expected top or bottom");
      }
      return new HorizonHead(from);
    }
  }

  @Override
  public String type() {
    return "horizon";
  }

  @Override
  public String description() {
    return "horizon from the " + from;
  }

  @Override
  public Map<String, Object> keys() {
    return Map.of("from", from);
  }

  @Override
  public Optional<String> misfit(Shape shape) {
    return !shape.isKnown() || shape.elements() == 1
        ? Optional.empty()
        : Optional.of("is " + shape + ", expected one number");
  }

  @Override
  public HeadDecoder<Integer> decoder(HeadSite site) {
    return new HeadDecoder<>() {
      @Override
      public Class<Integer> decodesTo() {
        return Integer.class;
      }

      @Override
      public Shape buffer() {
        return site.output();
      }

      @Override
      public Integer decode(FloatBuffer output, int height, int width, int threads) {
        float share = output.get(0);
        if (!(share >= 0 && share <= 1)) {
          throw new BadInputException(site.subject() + ": " + share + " is no share of the height");
        }
        return Math.round((from.equals("top") ? share : 1 - share) * (height - 1));
      }
    };
  }
}
