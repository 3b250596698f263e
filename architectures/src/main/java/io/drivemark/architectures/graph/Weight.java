package io.drivemark.architectures.graph;

import java.util.List;
import java.util.Objects;

/**
 * A named value that a network carries with it. Immutable.
 *
 * @param name unique in the network, for example {@code level1.conv.weight}; the name of a constant
 *     starts with {@code const/}
 * @param role whether and how training changes it
 * @param group the parameter group that says with which optimiser, decay and schedule a learned
 *     weight is trained
 * @param tensor the values
 */
public record Weight(String name, Role role, String group, Tensor tensor) {
  /** What every constant's name starts with. */
  public static final String CONSTANT_PREFIX = "const/";

  /** Group of weights that are decayed: kernels. */
  public static final String KERNELS = "kernels";

  /** Group of weights that are not decayed: biases, normalisation and activation parameters. */
  public static final String OFFSETS = "offsets";

  /** Group of the weights of heads that predict gates. */
  public static final String GATES = "gates";

  /** Group of the parameters of masks that are the same for all frames. */
  public static final String MASKS = "masks";

  /**
   * What recipes call the running means and variances of normalisation, which are in no group: to
   * freeze them is to normalise by them in training too.
   */
  public static final String STATISTICS = "statistics";

  /** Names of all groups, and of the statistics. */
  public static final List<String> GROUPS = List.of(KERNELS, OFFSETS, GATES, MASKS, STATISTICS);

  /** Whether and how training changes a weight. */
  public enum Role {
    /** By the optimiser. */
    LEARNED,
    /** By averaging over batches: running mean and variance. */
    STATISTIC,
    /** Never. */
    CONSTANT
  }

  public Weight {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(tensor, "tensor");
    if (name.startsWith(CONSTANT_PREFIX) != (role == Role.CONSTANT)) {
      throw new IllegalArgumentException(
          "weight " + name + ": names of constants, and only these, start with " + CONSTANT_PREFIX);
    }
  }

  /** A constant; the name must start with {@value #CONSTANT_PREFIX}. */
  public static Weight constant(String name, Tensor tensor) {
    return new Weight(name, Role.CONSTANT, "", tensor);
  }

  /** The same weight with other values of the same shape. */
  public Weight withTensor(Tensor other) {
    if (!other.shape().equals(tensor.shape())) {
      throw new IllegalArgumentException(
          "weight " + name + ": expected shape " + tensor.shape() + ", found " + other.shape());
    }
    return new Weight(name, role, group, other);
  }
}
