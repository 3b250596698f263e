package io.drivemark.architectures.cue;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Channels;
import io.drivemark.architectures.head.HeadSite;
import io.drivemark.architectures.head.LabelsDecoder;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * Where the scores of a network lie and what makes labels of them. Immutable; as safe to share as
 * its decoder.
 *
 * @param head the opened output
 * @param form what its numbers are: logits or probabilities
 * @param decoder makes labels of them
 * @param threads how many threads that may take; labels do not depend on it
 */
public record ScoreSite(HeadSite head, Form form, LabelsDecoder decoder, int threads) {
  public ScoreSite {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(decoder, "decoder");
    if (head.classes().flatMap(HeadSite.Classes::channels).isEmpty()) {
      throw new IllegalArgumentException(head.subject() + ": no scores, but labels alone");
    }
  }

  /** What its channels mean. */
  public Channels channels() {
    return classes().channels().orElseThrow();
  }

  /** What they become. */
  public HeadSite.Classes classes() {
    return head.classes().orElseThrow();
  }

  /** How many channels. */
  public int count() {
    return shape().extent(last() ? 3 : 1);
  }

  /** Rows of a plane. */
  public int height() {
    return shape().extent(last() ? 1 : 2);
  }

  /** Columns of a plane. */
  public int width() {
    return shape().extent(last() ? 2 : 3);
  }

  /** Pixels of a plane. */
  public int pixels() {
    return Math.multiplyExact(height(), width());
  }

  /** As many rows from the top show the photograph; the rest is padding. */
  public int shownRows() {
    return (int) Math.ceil(height() * head.rowShare());
  }

  /** As many columns from the left. */
  public int shownColumns() {
    return (int) Math.ceil(width() * head.columnShare());
  }

  private Shape shape() {
    return head.output();
  }

  private boolean last() {
    return classes().channelsLast();
  }

  /** New planes, one a channel. */
  public float[] newPlanes() {
    return new float[Math.multiplyExact(count(), pixels())];
  }

  /** A new buffer for the scores of one frame. */
  public FloatBuffer newBuffer() {
    FloatBuffer buffer = Session.buffer(decoder.buffer());
    decoder.prepare(buffer);
    return buffer;
  }

  /** Copies a buffer's scores plane by plane. */
  void read(FloatBuffer from, float[] to) {
    fits(to);
    from.get(0, to);
    if (last()) {
      int count = count();
      float[] pixel = to.clone();
      int plane = pixels();
      for (int i = 0; i < plane; i++) {
        for (int k = 0; k < count; k++) {
          to[k * plane + i] = pixel[i * count + k];
        }
      }
    }
  }

  /** Fills a buffer with planes, in the order that its decoder reads. */
  public void write(float[] from, FloatBuffer to) {
    fits(from);
    if (!last()) {
      to.put(0, from);
      return;
    }
    int count = count();
    int plane = pixels();
    float[] turned = new float[from.length];
    for (int i = 0; i < plane; i++) {
      for (int k = 0; k < count; k++) {
        turned[i * count + k] = from[k * plane + i];
      }
    }
    to.put(0, turned);
  }

  private void fits(float[] planes) {
    if (planes.length != count() * pixels()) {
      throw new IllegalArgumentException(
          head.subject() + ": " + planes.length + " scores for " + shape());
    }
  }

  /**
   * The scores of a path, for a cue that goes by probabilities of classes.
   *
   * @param cue what to call it in messages
   * @throws BadInputException if the path gives no scores, or its classes do not exclude each other
   */
  public static ScoreSite require(String cue, FramePath path) {
    ScoreSite site =
        path.scores()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "cue "
                            + cue
                            + ": "
                            + path.title()
                            + " gives labels without scores, expected scores of classes; name "
                            + cue
                            + " before cues that keep labels, and take a network that gives"
                            + " scores"));
    if (site.channels().threshold().isPresent()) {
      throw new BadInputException(
          "cue "
              + cue
              + ": "
              + path.title()
              + " judges each class by itself (threshold "
              + site.channels().threshold().getAsDouble()
              + "), expected scores of which the largest wins; take a network that gives such");
    }
    return site;
  }
}
