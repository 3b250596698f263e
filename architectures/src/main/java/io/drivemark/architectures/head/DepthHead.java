package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The distance of each pixel along the camera axis: one plane [1, 1, h, w], [1, h, w, 1] or [1, h,
 * w]. Decoded to a {@link io.drivemark.datasets.Depth} in metres on the frame's grid: the output's
 * own numbers are upsampled bilinearly (pixel centres at half-integers, as logits are and as
 * published depth networks are evaluated), then turned into metres. Distances outside of the range,
 * negative and infinite ones among them, become the nearer of its two ends: the range is what the
 * network can answer with. A number that is not finite is an error.
 *
 * @param nearest metres, above 0
 * @param farthest metres, above nearest
 * @param form what the numbers are
 */
public record DepthHead(double nearest, double farthest, Form form) implements HeadKind {
  /** The word of model files. */
  public static final String TYPE = "depth";

  /** What the numbers of the output are. */
  public enum Form {
    /** Metres. */
    METRES("metres"),
    /** 1 / metres. */
    INVERSE("inverse"),
    /** The natural logarithm of metres. */
    LOG("log"),
    /**
     * 0 to 1, a sigmoid for example: 0 is 1 / farthest and 1 is 1 / nearest, linear between them;
     * published self-supervised networks have it.
     */
    UNIT_INVERSE("unit-inverse");

    /** The words of model files. */
    static final List<String> KEYS = Arrays.stream(values()).map(Form::key).toList();

    private final String key;

    Form(String key) {
      this.key = key;
    }

    /** The word of model files. */
    public String key() {
      return key;
    }

    static Form of(String key) {
      return Arrays.stream(values()).filter(f -> f.key.equals(key)).findFirst().orElseThrow();
    }
  }

  /** Reads them: {@code {form: inverse, range: [1, 80]}}; the range is in metres. */
  public static final class Type implements HeadType {
    @Override
    public String name() {
      return TYPE;
    }

    @Override
    public HeadKind read(ConfigMap keys, Path folder) {
      Form form = form(keys);
      MetricRange range = MetricRange.read(keys);
      return new DepthHead(range.nearest(), range.farthest(), form);
    }

    private static Form form(ConfigMap keys) {
      String forms = String.join(", ", Form.KEYS);
      if (!keys.has("form")) {
        keys.problem("form", "is missing: expected one of " + forms);
        return Form.INVERSE;
      }
      if (keys.optionalString("form").filter("disparity"::equals).isPresent()) {
        keys.problem(
            "form",
            "found disparity, which is metres only with the cameras' focal length and baseline: write"
                + " kind: disparity for shares of the width; expected one of "
                + forms);
        return Form.INVERSE;
      }
      return Form.of(keys.choice("form", Form.INVERSE.key(), Form.KEYS));
    }
  }

  public DepthHead {
    Objects.requireNonNull(form, "form");
    MetricRange.require(nearest, farthest);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String description() {
    return "depth, " + form.key() + ", " + nearest + " to " + farthest + " m";
  }

  @Override
  public Map<String, Object> keys() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("form", form.key());
    keys.put("range", List.of(nearest, farthest));
    return keys;
  }

  @Override
  public Optional<String> misfit(Shape shape) {
    return DepthDecoder.misfit(shape);
  }

  @Override
  public Optional<Task> task() {
    return Optional.of(Task.DEPTH);
  }

  @Override
  public HeadDecoder<io.drivemark.datasets.Depth> decoder(HeadSite site) {
    return new DepthDecoder(this, site);
  }

  /** From a finite number of the output to metres within the range. */
  DoubleUnaryOperator metres() {
    return switch (form) {
      case METRES -> this::within;
      case INVERSE -> v -> v > 0 ? within(1 / v) : farthest;
      case LOG -> v -> within(StrictMath.exp(v));
      case UNIT_INVERSE -> {
        double low = 1 / farthest;
        double span = 1 / nearest - low;
        yield v -> {
          double inverse = low + span * v;
          return inverse > 0 ? within(1 / inverse) : farthest;
        };
      }
    };
  }

  private double within(double metres) {
    return Math.min(farthest, Math.max(nearest, metres));
  }
}
