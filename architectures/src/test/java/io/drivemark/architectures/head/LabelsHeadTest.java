package io.drivemark.architectures.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadSite.Classes;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LabelsHeadTest extends HeadTypeContract {
  private static final LabelSpace SPACE = LabelSpaces.named("camvid-11");
  private static final int CHANNELS = 12; // one beyond the classes

  @Override
  String entry() {
    return "{labels: camvid-11, form: logits}";
  }

  @Override
  HeadKind kind() {
    return new LabelsHead(SPACE, Form.LOGITS);
  }

  @Override
  HeadSite site() {
    return site(Form.LOGITS, OptionalDouble.empty(), Shape.of(1, CHANNELS, 1, 3), false);
  }

  private static HeadSite site(Form form, OptionalDouble threshold, Shape shape, boolean last) {
    Optional<Channels> channels =
        form == Form.LABELS
            ? Optional.empty()
            : Channels.of(form, threshold, SPACE, shape.extent(last ? 3 : 1));
    Extents size = new Extents(1, 3);
    return new HeadSite(
        "model m, head h",
        shape,
        size,
        size,
        Optional.of(
            new Classes(LabelMapping.identity(SPACE), SPACE, Grid.LABELS_NEAREST, channels, last)));
  }

  @Override
  float[] output() {
    float[] scores = new float[3 * CHANNELS];
    scores[3 * 4] = 2; // class 4 at pixel 0
    scores[3 * 7 + 1] = 3; // class 7 at pixel 1
    scores[3 * 11 + 2] = 1; // beyond the classes at pixel 2
    return scores;
  }

  @Override
  Refused refused() {
    float[] scores = output();
    scores[3 * 2 + 1] = Float.NaN;
    return new Refused(
        scores,
        "logits: channel 2 at row 0, column 1 is NaN; the network's weights or its input are"
            + " damaged");
  }

  @Override
  List<Shape> misfits() {
    return List.of(Shape.of(1, 11), Shape.of(1, 11, 3));
  }

  @Override
  boolean same(Object one, Object other) {
    return Arrays.equals(((LabelMap) one).pixels(), ((LabelMap) other).pixels());
  }

  private static FloatBuffer filled(LabelsDecoder decoder, float... values) {
    FloatBuffer buffer = Session.buffer(decoder.buffer());
    decoder.prepare(buffer);
    return buffer.put(0, values);
  }

  @Test
  void pixelsBeyondTheClassesAreVoidAndCounted() {
    LabelsDecoder decoder = new LabelsHead(SPACE, Form.LOGITS).decoder(site());
    LabelsDecoder.Counted counted = decoder.decodeCounting(filled(decoder, output()), 1, 3);
    assertArrayEquals(new byte[] {4, 7, (byte) 255}, counted.labels().pixels());
    assertEquals(3, counted.pixels());
    assertEquals(1, counted.beyond());
    assertEquals(0, counted.unmapped());
  }

  /** A plane of the level stands behind eleven probabilities; where none reaches it, void wins. */
  @Test
  void belowTheThresholdIsVoidWithChannelsFirstOrLast() {
    float[] first = new float[33];
    first[3 * 5] = 0.7f;
    first[3 * 5 + 1] = 0.3f;
    first[3 * 6 + 2] = 0.5f;
    float[] last = new float[33];
    for (int i = 0; i < 33; i++) {
      last[i % 3 * 11 + i / 3] = first[i];
    }
    LabelsHead head = new LabelsHead(SPACE, Form.PROBABILITIES);
    OptionalDouble half = OptionalDouble.of(0.5);
    LabelsDecoder planes =
        head.decoder(site(Form.PROBABILITIES, half, Shape.of(1, 11, 1, 3), false));
    LabelsDecoder pixels =
        head.decoder(site(Form.PROBABILITIES, half, Shape.of(1, 1, 3, 11), true));
    byte[] expected = {5, (byte) 255, 6};
    assertArrayEquals(expected, planes.decode(filled(planes, first), 1, 3, 1).pixels());
    assertArrayEquals(expected, pixels.decode(filled(pixels, last), 1, 3, 1).pixels());
  }

  @Test
  void labelsOfTheNetworkAreTakenAsTheyAre() {
    LabelsDecoder decoder =
        new LabelsHead(SPACE, Form.LABELS)
            .decoder(site(Form.LABELS, OptionalDouble.empty(), Shape.of(1, 1, 3), false));
    LabelsDecoder.Counted counted = decoder.decodeCounting(filled(decoder, 2, 255, 11), 1, 3);
    assertArrayEquals(new byte[] {2, (byte) 255, (byte) 255}, counted.labels().pixels());
    assertEquals(1, counted.beyond());
  }
}
