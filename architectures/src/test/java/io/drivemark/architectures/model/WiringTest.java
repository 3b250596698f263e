package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.onnx.ForeignModel;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a model file that say how its network is connected and its pixels are scaled. */
class WiringTest {
  @TempDir private Path folder;

  private Path yaml(String lines) throws IOException {
    Files.write(folder.resolve("net.onnx"), ForeignModel.channelsLast().toByteArray());
    return Files.writeString(
        folder.resolve("net.yaml"), "name: net\nfile: net.onnx\nlabels: camvid-11\n" + lines);
  }

  @Test
  void thresholdAndPaddingSurviveImport() throws IOException {
    Model model = Models.load(yaml("threshold: 0.25\npad: 2\n").toString());
    assertEquals(OptionalDouble.of(0.25), model.spec().wiring().threshold());
    assertEquals(2, model.spec().wiring().pad());
    assertEquals(Axes.CHANNELS_FIRST, model.spec().wiring().inputAxes());
    Path written = folder.resolve("written.onnx");
    Models.write(model, written);
    Model again = Models.load(written.toString());
    assertEquals(model.spec(), again.spec());
    assertEquals(model.network(), again.network());
    Path over =
        Files.writeString(folder.resolve("over.yaml"), "name: net\nfile: written.onnx\npad: 6\n");
    assertEquals(6, Models.load(over.toString()).spec().wiring().pad());
    assertEquals(OptionalDouble.of(0.25), Models.load(over.toString()).spec().wiring().threshold());
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws IOException {
    Path file =
        yaml(
            """
            output-name: a
            output-index: -1
            layout: {input: channels-frist, outputs: channels-last}
            threshold: 1.5
            pad: 0
            """);
    BadInputException e = assertThrows(BadInputException.class, () -> Models.load(file.toString()));
    assertEquals(
        file
            + ": 6 problems\n"
            + "  line 5: output-index: output-name is given too; keep one of the two\n"
            + "  line 5: output-index: found -1, expected 0 or more\n"
            + "  line 6: layout.input: found channels-frist (did you mean 'channels-first'?),"
            + " expected one of channels-first, channels-last\n"
            + "  line 7: threshold: found 1.5, expected a probability in 0..1\n"
            + "  line 8: pad: found 0, expected 1 to 1024, for example 32\n"
            + "  line 6: unknown key 'layout.outputs' (did you mean 'output'?); known here: input,"
            + " output",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.485, 0.456, 0.406; 0.229, 0.224, 0.225; true",
        "0.5, 0.5, 0.5; 0.5, 0.5, 0.5; true",
        "0, 0, 0; 0.229, 0.224, 0.225; true",
        "0.5, 0.5, 0.5; 1, 1, 1; true",
        "0, 0, 0; 1, 1, 1; false",
        "0, 0, 0; 255, 255, 255; false",
        "110.3, 108.4, 105; 1, 1, 1; false",
        "123.675, 116.28, 103.53; 58.395, 57.12, 57.375; false",
        "127.5, 127.5, 127.5; 127.5, 127.5, 127.5; false"
      })
  void statisticsInUnitsOfZeroToOneAreSeen(String mean, String std, boolean seen) {
    assertEquals(seen, PixelUnits.lookLikeUnitInterval(numbers(mean), numbers(std)));
  }

  private static List<Double> numbers(String text) {
    return java.util.Arrays.stream(text.split(",")).map(s -> Double.valueOf(s.strip())).toList();
  }

  @Test
  void unitsMayBeSaid() throws IOException {
    String stats = "mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]";
    Model scaled = Models.load(yaml("input: {" + stats + ", units: 0..1}\n").toString());
    assertEquals(ModelSpec.InputSpec.IMAGENET.mean(), scaled.spec().input().mean());
    assertEquals(ModelSpec.InputSpec.IMAGENET.std(), scaled.spec().input().std());
    Model meant = Models.load(yaml("input: {" + stats + ", units: 0..255}\n").toString());
    assertEquals(List.of(0.485, 0.456, 0.406), meant.spec().input().mean());
  }

  @Test
  void halfInOneUnitAndHalfInTheOtherIsNoted() throws IOException {
    Model model =
        Models.load(yaml("input: {mean: [0.4, 0.4, 0.4], std: [255, 255, 255]}\n").toString());
    assertEquals(
        "mean [0.4, 0.4, 0.4] looks like units of 0..1 and std [255.0, 255.0, 255.0] like units of"
            + " 0..255; both are taken as units of 0..255",
        model.notes().get(model.notes().size() - 1));
  }

  @Test
  void whatIsReadIsShownInFewLines() throws IOException {
    Model model = Models.load(yaml("threshold: 0.25\npad: 4\n").toString());
    assertEquals(
        List.of(
            "takes      image float32 [1, 6, 8, 3], channels-last",
            "pixels     rgb, (pixel 0..255 - [123.675, 116.28, 103.53]) / [58.395, 57.12, 57.375]",
            "size       scaled to 6x8, padded with zeros at the bottom and right to multiples of 4"
                + " (8x8)",
            "answers    scores [1, 8, 8, 12], channels-last, logits; the only output",
            "classes    camvid-11, one channel each: Sky, Building, Pole, Road, Pavement, Tree,"
                + " SignSymbol, Fence, Car, Pedestrian, Bicyclist",
            "beyond     output 11 is beyond the classes, void",
            "threshold  a class from probability 0.25 on, below it void"),
        Reading.of(model).aligned());
  }
}
