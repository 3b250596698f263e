package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A TorchScript file as a network of one operator that nobody looks into. It can be evaluated with
 * PyTorch, not pruned, trained or written as ONNX. Stateless.
 */
final class TorchScriptFile {
  private TorchScriptFile() {}

  /**
   * Reads the file.
   *
   * @param axes where the script takes the image's channels
   * @throws BadInputException if it is no TorchScript archive; the message says what it is
   */
  static Network read(Path file, Axes axes) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.stream().map(ZipEntry::getName).noneMatch(n -> n.endsWith("constants.pkl"))) {
        throw new BadInputException(
            file
                + ": holds no TorchScript program. If it holds weights alone, give their"
                + " 'architecture'; else save the network with torch.jit.save");
      }
    } catch (IOException e) {
      throw new BadInputException(
          file
              + ": is damaged or no TorchScript file ("
              + e.getMessage()
              + "); copy it or save it again with torch.jit.save",
          e);
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    String stem = file.getFileName().toString().replaceFirst("\\.pt$", "");
    Opaque whole =
        new Opaque(stem, Opaque.TORCHSCRIPT, Base64.getEncoder().encodeToString(bytes), 1);
    return new Network(
        stem,
        List.of(
            new NetworkInput(
                "image",
                axes == Axes.CHANNELS_LAST
                    ? Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, Shape.UNKNOWN, 3)
                    : Shape.of(Shape.UNKNOWN, 3, Shape.UNKNOWN, Shape.UNKNOWN))),
        List.of(new Node("script", whole, List.of("image"), List.of("scores"))),
        List.of(),
        List.of("scores"),
        Map.of());
  }
}
