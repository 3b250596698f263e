package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a model takes by calculation at the entry's input size. Immutable.
 *
 * @param params learned values; absent where a TorchScript file hides them
 * @param macs multiply-accumulates an inference; absent where an operator's cost is not known; the
 *     upper end where it depends on the input: all that a gated network's file has
 * @param macsAtLeast the lower end, equal to {@code macs} unless the network chooses its work by
 *     the input
 * @param activationBytes bytes of all intermediate values at float32
 * @param gated what a gated network switched on frame by frame; absent for others, and where no
 *     frame was judged
 */
public record Cost(
    OptionalLong params,
    OptionalLong macs,
    OptionalLong macsAtLeast,
    OptionalLong activationBytes,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Gated> gated) {
  /** Of a network that is not gated. */
  public Cost(
      OptionalLong params, OptionalLong macs, OptionalLong macsAtLeast, OptionalLong activations) {
    this(params, macs, macsAtLeast, activations, Optional.empty());
  }

  public Cost {
    Objects.requireNonNull(params, "params");
    Objects.requireNonNull(macs, "macs");
    Objects.requireNonNull(macsAtLeast, "macsAtLeast");
    Objects.requireNonNull(activationBytes, "activationBytes");
    Objects.requireNonNull(gated, "gated");
  }

  /** The same with what frames switched on. */
  public Cost withGated(Optional<Gated> other) {
    return new Cost(params, macs, macsAtLeast, activationBytes, other);
  }

  /**
   * The multiply-accumulates that a frame takes in the mean: of a gated network what was really
   * computed, heads included; else {@code macs}.
   */
  public OptionalLong macsPerFrame() {
    return work().isPresent() ? OptionalLong.of(Math.round(work().get().strict().mean())) : macs;
  }

  /** What a gated network computed; empty for others, and where that is not known. */
  public Optional<Work> work() {
    return gated.flatMap(Gated::work);
  }

  /**
   * What a gated network switched on, over the judged frames.
   *
   * @param sites in the network's order
   * @param work what it computed; absent where that is not known of the network
   * @param least a frame for which it computed least, with pictures; absent without {@code work},
   *     or where all frames are alike
   * @param most likewise the one for which it computed most
   */
  public record Gated(
      List<Site> sites,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Work> work,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Picture> least,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Picture> most) {
    public Gated {
      sites = List.copyOf(sites);
      Objects.requireNonNull(work, "work");
      Objects.requireNonNull(least, "least");
      Objects.requireNonNull(most, "most");
    }

    /** The same with these pictures. */
    public Gated withPictures(Optional<Picture> ofLeast, Optional<Picture> ofMost) {
      return new Gated(sites, work, ofLeast, ofMost);
    }
  }

  /**
   * A place where units are gated.
   *
   * @param name the site's
   * @param units what its gates switch
   * @param live how many were live in the mean over frames
   * @param always units that were live on every frame
   * @param never units that were live on none
   */
  public record Site(String name, int units, double live, int always, int never) {
    public Site {
      Objects.requireNonNull(name, "name");
      if (units < 1 || always < 0 || never < 0 || always + never > units) {
        throw new IllegalArgumentException(
            "site " + name + ": of " + units + " units " + always + " always, " + never + " never");
      }
    }

    /** Units that were live on some frames and not on others. */
    public int varying() {
      return units - always - never;
    }
  }

  /**
   * Multiply-accumulates of a gated network.
   *
   * @param dense of the network without gates and heads
   * @param heads of the gate heads, on every frame
   * @param strict what frames really took, heads included
   * @param paper the same as publications count it
   * @param frames of each judged frame, in sample order
   */
  public record Work(long dense, long heads, Spread strict, Spread paper, List<FrameWork> frames) {
    public Work {
      Objects.requireNonNull(strict, "strict");
      Objects.requireNonNull(paper, "paper");
      frames = List.copyOf(frames);
      if (dense < 1) {
        throw new IllegalArgumentException("a dense network takes " + dense + " MACs");
      }
    }
  }

  /**
   * What a number comes to over frames.
   *
   * @param mean arithmetic mean
   * @param std sample standard deviation; 0 for one frame
   * @param min the least
   * @param max the most
   */
  public record Spread(double mean, double std, long min, long max) {}

  /**
   * What one frame took.
   *
   * @param id the sample's
   * @param strict multiply-accumulates really computed, heads included
   * @param paper as publications count them
   */
  public record FrameWork(String id, long strict, long paper) {
    public FrameWork {
      Objects.requireNonNull(id, "id");
    }
  }
}
