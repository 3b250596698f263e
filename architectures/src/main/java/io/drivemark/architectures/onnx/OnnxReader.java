package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.StoredParameters;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads an ONNX file as a network. A file that {@link OnnxWriter} wrote gives back an equal network
 * (also after another tool changed its weights). In foreign files operators whose meaning is
 * exactly one of ours become graph nodes, others stay as opaque nodes; free extents become unknown
 * ones; float32 initialisers become learned weights, int64 ones constants. Stateless.
 */
public final class OnnxReader {
  /** How often the bytes of a model lie in memory while it is read, at least. */
  private static final int COPIES = 2;

  private OnnxReader() {}

  /**
   * What a file holds.
   *
   * @param network of the file
   * @param notes what was converted, dropped or made free, so that the network runs here as it does
   *     elsewhere; one sentence each, for a person to read; empty for files that {@link OnnxWriter}
   *     wrote
   * @param inputs what the file declares to take, before any conversion
   * @param outputs what it declares to answer with, likewise
   */
  public record Reading(
      Network network, List<String> notes, List<Port> inputs, List<Port> outputs) {
    public Reading {
      Objects.requireNonNull(network, "network");
      notes = List.copyOf(notes);
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    Reading(Network network, List<String> notes) {
      this(network, notes, List.of(), List.of());
    }
  }

  /**
   * Reads a file, with notes on how.
   *
   * @throws BadInputException if it is missing, damaged or no ONNX model; the message names the
   *     file and what to do
   */
  public static Reading reading(Path file) {
    try {
      long size = Files.size(file);
      if (size > Math.min(Integer.MAX_VALUE - 16, memory() / COPIES)) {
        throw new BadInputException(
            file
                + ": has "
                + size
                + " bytes, more than this program can hold; start it with more memory (-Xmx), models"
                + " of more than 2 GB cannot be run");
      }
      Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
      return reading(Files.readAllBytes(file), file.toString(), Optional.of(folder));
    } catch (NoSuchFileException e) {
      throw new BadInputException(file + ": there is no such file; expected an ONNX model", e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the network of a file.
   *
   * @throws BadInputException as above
   */
  public static Network read(Path file) {
    return reading(file).network();
  }

  /** Reads the network of a file's bytes. */
  public static Network read(byte[] bytes) {
    return read(bytes, "ONNX model");
  }

  /**
   * Reads the network of a file's bytes.
   *
   * @param source how messages call it
   * @throws BadInputException as above
   */
  public static Network read(byte[] bytes, String source) {
    return reading(bytes, source).network();
  }

  /**
   * Reads the bytes of a file, with notes on how.
   *
   * @param source how messages call it
   * @throws BadInputException as above
   */
  public static Reading reading(byte[] bytes, String source) {
    return reading(bytes, source, Optional.empty());
  }

  private static Reading reading(byte[] bytes, String source, Optional<Path> folder) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw NotOnnx.refusal(source, bytes, e.getMessage());
    }
    GraphProto graph = model.getGraph();
    if (graph.getNodeCount() == 0 || graph.getOutputCount() == 0) {
      throw NotOnnx.refusal(
          source, bytes, graph.getNodeCount() + " nodes, " + graph.getOutputCount() + " outputs");
    }
    int opset = 0;
    for (OperatorSetIdProto used : model.getOpsetImportList()) {
      if (Opaques.domain(used).isEmpty()) {
        opset = (int) used.getVersion();
      }
    }
    if (opset == 0) {
      throw new BadInputException(
          source + ": does not say its ONNX operator set; export it again with operator set 17");
    }
    try {
      List<String> notes = new ArrayList<>();
      long room = Math.min(Integer.MAX_VALUE, memory() / COPIES) - bytes.length;
      ModelProto whole = new ExternalData(source, folder, room).merged(model);
      ModelProto dense = new SparseTensors(source, room).dense(whole, notes);
      Network network = new GraphReading(plain(dense, source, notes), opset, source).network();
      Reading read =
          isOurs(model) ? new Reading(network, notes) : FixedBatch.freed(network, source, notes);
      Reading noted = withPrecision(read);
      return new Reading(noted.network(), noted.notes(), Ports.inputs(graph), Ports.outputs(graph));
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new BadInputException(
          source + ": is no valid ONNX model: " + e.getMessage() + "; export it again", e);
    }
  }

  /** The model without what only foreign files have: functions, other types in and out. */
  private static ModelProto plain(ModelProto model, String source, List<String> notes) {
    if (isOurs(model)) {
      return model;
    }
    ModelProto inlined = LocalFunctions.inlined(model, source, notes);
    GraphProto graph = NodeOrder.withoutRepeatedTensors(inlined.getGraph(), notes);
    graph = NodeOrder.ordered(graph, source, notes);
    return inlined.toBuilder().setGraph(ForeignInterface.float32(graph, source, notes)).build();
  }

  private static Reading withPrecision(Reading read) {
    StoredParameters stored = StoredParameters.of(read.network());
    if (stored.precision().equals("fp32")) {
      return read;
    }
    List<String> notes = new ArrayList<>(read.notes());
    notes.add(
        stored.exact()
            ? "its "
                + stored.total()
                + " parameters are stored as "
                + stored.precision()
                + ", and computed with as ONNX Runtime does"
            : "how many parameters it has is not known: foreign operators read stored values that"
                + " may be some");
    return new Reading(read.network(), notes);
  }

  private static boolean isOurs(ModelProto model) {
    return model.getMetadataPropsList().stream().anyMatch(p -> p.getKey().equals(GraphNotes.KEY));
  }

  private static long memory() {
    return Runtime.getRuntime().maxMemory();
  }
}
