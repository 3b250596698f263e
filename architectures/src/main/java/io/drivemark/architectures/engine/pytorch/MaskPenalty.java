package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the filters cost that masks let live: the sum over all masks of the mask times its price,
 * times a factor. A step gives the prices as {@link #PRICES}, one a mask, the outputs' masks one
 * behind the other, and the factor as {@link #FACTOR}, one number, so that a factor that changes
 * needs no new script.
 *
 * <p>Example: masks 1, 0, 1 with the prices 2, 3, 4 and the factor 0.1: 0.6. After Elkerdawy et
 * al., 2019, arXiv:1905.05212, eq. 2, whose prices are all 1.
 *
 * @param masks outputs [M], at least one: masks of 0 and 1, or the sigmoids behind them
 * @param count how many masks they have together
 * @param weight see {@link LossTerm}
 */
public record MaskPenalty(List<String> masks, int count, double weight) implements LossTerm {
  /** The name of the prices. */
  public static final String PRICES = "mask_prices";

  /** The name of the factor. */
  public static final String FACTOR = "mask_factor";

  public MaskPenalty {
    masks = List.copyOf(masks);
    if (masks.isEmpty() || count < masks.size() || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "mask penalty: " + count + " masks in " + masks + ", weight " + weight);
    }
  }

  @Override
  public List<String> outputs() {
    return masks;
  }

  @Override
  public MaskPenalty withWeight(double other) {
    return new MaskPenalty(masks, count, other);
  }

  @Override
  public Map<String, Shape> targets(Shape batch) {
    Map<String, Shape> targets = new LinkedHashMap<>();
    targets.put(PRICES, Shape.of(count));
    targets.put(FACTOR, Shape.of(1));
    return targets;
  }

  @Override
  public String write(LossWriter writer) {
    String all = String.join(", ", masks.stream().map(writer::expression).toList());
    writer.line("paid", "torch.mul(torch.cat([" + all + "], 0), " + PRICES + ")");
    return "torch.mul(torch.sum(paid), torch.sum(" + FACTOR + "))";
  }
}
