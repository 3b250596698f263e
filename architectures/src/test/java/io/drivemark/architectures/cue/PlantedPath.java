package io.drivemark.architectures.cue;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Channels;
import io.drivemark.architectures.head.HeadSite;
import io.drivemark.architectures.head.HeadSite.Classes;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A network whose scores a test plants, with the decoder that real ones have. */
public final class PlantedPath implements FramePath {
  private final String title;
  private final ScoreSite site;
  private final Function<PathFrame, float[]> scores;
  private final FloatBuffer buffer;
  private final List<Integer> seen = new ArrayList<>();
  private int begun;
  private int closed;

  /**
   * @param scores the planes of a frame
   */
  public PlantedPath(String title, ScoreSite site, Function<PathFrame, float[]> scores) {
    this.title = title;
    this.site = site;
    this.scores = scores;
    this.buffer = site.newBuffer();
  }

  /** A network that answers by the photograph alone, and otherwise at random. */
  public static PlantedPath random(String title, ScoreSite site, int salt) {
    return new PlantedPath(
        title,
        site,
        frame -> {
          Random random = new Random(31L * Arrays.hashCode(frame.image().pixels()) + salt);
          float[] planes = site.newPlanes();
          for (int i = 0; i < planes.length; i++) {
            double value = random.nextGaussian();
            planes[i] = (float) (site.form() == Form.LOGITS ? 2 * value : Math.abs(value) / 4);
          }
          return planes;
        });
  }

  /** So many classes, called class0 and so on. */
  public static LabelSpace space(int classes) {
    return new LabelSpace(
        "planted-" + classes,
        IntStream.range(0, classes)
            .mapToObj(i -> new LabelClass("class" + i, i, "things", false, false))
            .toList());
  }

  /** Where scores [1, classes, h, w] of frames of a size lie. */
  public static ScoreSite site(LabelSpace space, Form form, int h, int w, int height, int width) {
    Extents frame = new Extents(height, width);
    return site(
        space, form, OptionalDouble.empty(), Shape.of(1, space.size(), h, w), frame, frame, false);
  }

  /** The same in all ways that there are. */
  public static ScoreSite site(
      LabelSpace space,
      Form form,
      OptionalDouble threshold,
      Shape output,
      Extents input,
      Extents padded,
      boolean last) {
    Optional<Channels> channels = Channels.of(form, threshold, space, output.extent(last ? 3 : 1));
    HeadSite head =
        new HeadSite(
            "model planted, head labels",
            output,
            input,
            padded,
            Optional.of(
                new Classes(
                    LabelMapping.identity(space), space, Grid.LOGITS_BILINEAR, channels, last)));
    return new ScoreSite(head, form, new LabelsHead(space, form).decoder(head), 1);
  }

  /** A photograph of random pixels, another one for each number. */
  public static RgbImage image(int number, int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    new Random(number).nextBytes(pixels);
    return RgbImage.of(height, width, pixels);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public Optional<ScoreSite> scores() {
    return Optional.of(site);
  }

  @Override
  public void begin() {
    begun++;
  }

  @Override
  public FrameAnswer next(PathFrame frame) {
    seen.add(frame.number());
    site.write(scores.apply(frame), buffer);
    return FrameAnswer.of(new Scores(site, buffer), frame, 1);
  }

  @Override
  public void close() {
    closed++;
  }

  /** The numbers of the frames that it was run on. */
  public List<Integer> seen() {
    return seen;
  }

  /** How many sequences were begun. */
  public int begun() {
    return begun;
  }

  /** How often it was closed. */
  public int closed() {
    return closed;
  }
}
