package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import io.drivemark.problem.BadInputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Brings tensors that a model keeps in files beside it into the model. Such a file must lie in the
 * model's folder or below it, links followed. Sizes are checked before memory is taken. Used once;
 * not thread-safe.
 */
final class ExternalData {
  private final String source;
  private final Optional<Path> folder;
  private long room;

  /**
   * @param folder where the model lies; empty if it is not a file
   * @param room how many bytes may be read
   */
  ExternalData(String source, Optional<Path> folder, long room) {
    this.source = source;
    this.folder = folder;
    this.room = room;
  }

  /**
   * The model with all its data.
   *
   * @throws BadInputException if a file is missing, too short, or lies outside of the folder
   */
  ModelProto merged(ModelProto model) {
    ModelProto.Builder merged = model.toBuilder();
    merge(merged.getGraphBuilder());
    for (int f = 0; f < merged.getFunctionsCount(); f++) {
      merged.getFunctionsBuilder(f).getNodeBuilderList().forEach(this::merge);
    }
    return merged.build();
  }

  private void merge(GraphProto.Builder graph) {
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      if (isElsewhere(graph.getInitializer(i))) {
        graph.setInitializer(i, inside(graph.getInitializer(i)));
      }
    }
    for (SparseTensorProto.Builder sparse : graph.getSparseInitializerBuilderList()) {
      merge(sparse);
    }
    graph.getNodeBuilderList().forEach(this::merge);
  }

  private void merge(SparseTensorProto.Builder sparse) {
    if (isElsewhere(sparse.getValues())) {
      sparse.setValues(inside(sparse.getValues()));
    }
    if (isElsewhere(sparse.getIndices())) {
      sparse.setIndices(inside(sparse.getIndices()));
    }
  }

  private void merge(NodeProto.Builder node) {
    for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
      if (attribute.hasT() && isElsewhere(attribute.getT())) {
        attribute.setT(inside(attribute.getT()));
      }
      for (int i = 0; i < attribute.getTensorsCount(); i++) {
        if (isElsewhere(attribute.getTensors(i))) {
          attribute.setTensors(i, inside(attribute.getTensors(i)));
        }
      }
      if (attribute.hasSparseTensor()) {
        merge(attribute.getSparseTensorBuilder());
      }
      if (attribute.hasG()) {
        merge(attribute.getGBuilder());
      }
      attribute.getGraphsBuilderList().forEach(this::merge);
    }
  }

  private static boolean isElsewhere(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  private TensorProto inside(TensorProto tensor) {
    Map<String, String> keys = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      keys.put(entry.getKey(), entry.getValue());
    }
    String subject = source + ": tensor " + tensor.getName();
    Path file = file(subject, keys.getOrDefault("location", ""));
    long bytes;
    try {
      bytes =
          ElementTypes.bytes(
              ElementTypes.of(tensor.getDataType()), Tensors.shape(tensor, source).elements());
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new BadInputException(subject + " " + tensor.getDimsList() + " is too large", e);
    }
    long offset = number(subject, keys, "offset", 0);
    long length = number(subject, keys, "length", bytes);
    if (length != bytes) {
      throw new BadInputException(
          subject
              + " "
              + tensor.getDimsList()
              + " takes "
              + bytes
              + " bytes, its 'length' in "
              + file.getFileName()
              + " is "
              + length
              + "; the file is damaged: copy or export it again");
    }
    return tensor.toBuilder()
        .clearDataLocation()
        .clearExternalData()
        .setRawData(UnsafeByteOperations.unsafeWrap(read(subject, file, offset, bytes)))
        .build();
  }

  private Path file(String subject, String location) {
    if (folder.isEmpty()) {
      throw new BadInputException(
          subject
              + " lies in another file ("
              + location
              + "), which only a model read from a file can have; save the model again with all"
              + " data in one file");
    }
    try {
      Path inside = folder.get().toRealPath();
      Path file = inside.resolve(location);
      boolean out =
          location.isEmpty()
              || Path.of(location).isAbsolute()
              || !file.normalize().startsWith(inside);
      if (!out && !Files.exists(file)) {
        throw new BadInputException(
            subject
                + " lies in "
                + location
                + ", which is not in the model's folder "
                + folder.get()
                + ": this model is two files, copy both");
      }
      if (out || !file.toRealPath().startsWith(inside)) {
        throw new BadInputException(
            subject
                + " lies in '"
                + location
                + "', which is outside of the model's folder "
                + folder.get()
                + "; only files in that folder are read: copy it there, or save the model again with"
                + " all data in one file");
      }
      return file;
    } catch (InvalidPathException | IOException e) {
      throw new BadInputException(
          subject + " lies in '" + location + "', which cannot be read: " + e.getMessage(), e);
    }
  }

  private static long number(String subject, Map<String, String> keys, String key, long otherwise) {
    String text = keys.get(key);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,18}")) {
      throw new BadInputException(
          subject + ": its '" + key + "' is '" + text + "', expected a number of bytes");
    }
    return Long.parseLong(text);
  }

  private byte[] read(String subject, Path file, long offset, long bytes) {
    try (FileChannel in = FileChannel.open(file)) {
      if (in.size() - offset < bytes) {
        byte[] start = new byte[(int) Math.min(200, in.size())];
        fill(in, start, 0);
        throw new BadInputException(
            subject
                + " lies in bytes "
                + offset
                + " to "
                + (offset + bytes)
                + " of "
                + file.getFileName()
                + ", which "
                + (NotOnnx.isLfsPointer(start)
                    ? NotOnnx.lfs(start)
                    : "has " + in.size() + " bytes; copy, download or export it again"));
      }
      room -= bytes;
      if (room < 0) {
        throw new BadInputException(
            source
                + ": the model and its data files are larger than this program can hold; start it"
                + " with more memory (-Xmx), models of more than 2 GB cannot be run");
      }
      byte[] data = new byte[Math.toIntExact(bytes)];
      fill(in, data, offset);
      return data;
    } catch (IOException e) {
      throw new BadInputException(subject + ": " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void fill(FileChannel in, byte[] data, long offset) throws IOException {
    ByteBuffer to = ByteBuffer.wrap(data);
    while (to.hasRemaining()) {
      if (in.read(to, offset + to.position()) < 0) {
        throw new EOFException("it ends too early");
      }
    }
  }
}
