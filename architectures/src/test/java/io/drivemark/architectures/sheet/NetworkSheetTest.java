package io.drivemark.architectures.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.onnx.ForeignModel;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.zoo.Architectures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkSheetTest {
  @Test
  void auxiliaryHeadsCountInTrainingAlone() {
    Network heads = Architectures.build("pidnet-s", Map.of("heads", "auxiliary"), 19, 1);
    Network main = Architectures.build("pidnet-s", Map.of(), 19, 1);
    NetworkSheet sheet = NetworkSheet.of(heads);
    assertEquals(main.parameters(), sheet.parameters());
    assertEquals(heads.parameters(), sheet.trainingParameters());
    assertTrue(sheet.obstacles().isEmpty());
    assertEquals(new Size(360, 480), sheet.drawnAt());
    assertEquals(3, sheet.sizes().stream().filter(s -> s.figures().isPresent()).count());
  }

  @Test
  void anUnknownOperatorSaysWhatItStops() {
    Network network = OnnxReader.read(ForeignModel.written(13, true).toByteArray());
    List<Obstacle> obstacles = NetworkSheet.of(network).obstacles();
    assertEquals(
        List.of(
            "operator Abs (node Abs, ai.onnx 13) is not known here and kept as it is: engine pytorch"
                + " cannot run it, onnxruntime does; the cost of 1 of 6 operators is not known (Abs);"
                + " filters of Conv cannot be removed"),
        obstacles.stream().map(Obstacle::sentence).toList());
  }

  @Test
  void aNetworkWeKnowStopsNothing() {
    Network network = OnnxReader.read(ForeignModel.written(13, false).toByteArray());
    assertEquals(List.of(), NetworkSheet.of(network).obstacles());
  }

  @Test
  void aNetworkOfOneSizeHasItsFiguresThereAndSaysSoAtTheOthers() {
    Network network = OnnxReader.read(ForeignModel.ofOneSize().toByteArray());
    NetworkSheet sheet = NetworkSheet.of(network);
    String refusal = "it takes [1, 3, 6, 8] alone";
    assertEquals(
        List.of(refusal, refusal, refusal, ""),
        sheet.sizes().stream().map(NetworkSheet.AtSize::refusal).toList());
    NetworkSheet.AtSize own = sheet.sizes().get(3);
    assertEquals(new Size(6, 8), own.size());
    assertEquals(6 * 8 * 27 * 12, own.figures().orElseThrow().macs());
  }
}
