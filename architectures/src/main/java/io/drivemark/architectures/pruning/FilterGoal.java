package io.drivemark.architectures.pruning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much of a network filter pruning is to leave, and within which limits. Immutable; start with
 * {@link #keep} and change with the {@code with…} methods.
 *
 * @param measure what is counted
 * @param share of it that remains at most, above 0 to 1
 * @param height of the images it is counted for
 * @param width of them
 * @param scope over what scores are compared
 * @param minimumWidth filters that remain at least in every group that is pruned together
 * @param multiple the number of remaining filters of such a group is rounded up to a multiple of
 *     this, as far as there are that many
 * @param spared names of layers that lose no filter; {@code name*} spares all that begin so
 */
public record FilterGoal(
    Quantity measure,
    double share,
    int height,
    int width,
    Scope scope,
    int minimumWidth,
    int multiple,
    Set<String> spared) {

  /** Over what scores are compared. */
  public enum Scope {
    /** Every layer loses the same share of its filters, those with the lowest scores. */
    LAYER,
    /** The filters with the lowest scores of the whole network go. */
    GLOBAL,
    /**
     * The filters go whose importance is least for what their removal saves of the measure: kept
     * importance is greatest. A layer's importance is 1 with all its filters and falls with the
     * share of the scores that stays; a network's is the product over its layers, so that scores of
     * different layers need not be comparable and no layer is emptied for the others.
     */
    WORTH;

    /** The name in commands, studies and plans. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of that name; empty if there is none. */
    public static Optional<Scope> named(String key) {
      return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
    }
  }

  public FilterGoal {
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(scope, "scope");
    spared = Set.copyOf(spared);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share of " + measure.key() + " to keep is " + share + ", expected above 0 to 1");
    }
    if (minimumWidth < 1 || multiple < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "minimum width "
              + minimumWidth
              + ", multiple "
              + multiple
              + ", size "
              + height
              + "x"
              + width
              + ": expected at least 1");
    }
  }

  /** At most this share remains; every layer alike, down to one filter. */
  public static FilterGoal keep(Quantity measure, double share, int height, int width) {
    return new FilterGoal(measure, share, height, width, Scope.LAYER, 1, 1, Set.of());
  }

  public FilterGoal withShare(double newShare) {
    return new FilterGoal(measure, newShare, height, width, scope, minimumWidth, multiple, spared);
  }

  public FilterGoal withScope(Scope newScope) {
    return new FilterGoal(measure, share, height, width, newScope, minimumWidth, multiple, spared);
  }

  public FilterGoal withMinimumWidth(int newMinimumWidth) {
    return new FilterGoal(measure, share, height, width, scope, newMinimumWidth, multiple, spared);
  }

  public FilterGoal withMultiple(int newMultiple) {
    return new FilterGoal(measure, share, height, width, scope, minimumWidth, newMultiple, spared);
  }

  public FilterGoal withSpared(Set<String> newSpared) {
    return new FilterGoal(measure, share, height, width, scope, minimumWidth, multiple, newSpared);
  }

  /** For plans and people: {@code macs=0.6 at 360x480, scope layer}, then what is not usual. */
  @Override
  public String toString() {
    return measure.key()
        + "="
        + share
        + " at "
        + height
        + "x"
        + width
        + ", scope "
        + scope.key()
        + (minimumWidth > 1 ? ", minimum width " + minimumWidth : "")
        + (multiple > 1 ? ", multiples of " + multiple : "")
        + (spared.isEmpty() ? "" : ", spared " + new TreeSet<>(spared));
  }
}
