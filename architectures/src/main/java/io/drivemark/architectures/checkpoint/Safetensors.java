package io.drivemark.architectures.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drivemark.architectures.checkpoint.StoredTensor.Range;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: the length of a JSON header, the header with type, shape and bytes of
 * each tensor, then the bytes, without gaps and without overlap. Immutable.
 *
 * <p>Reference: huggingface/safetensors, README, "Format".
 */
final class Safetensors extends WeightFile {
  private static final long LONGEST_HEADER = 8_000_000;
  private static final int MOST_DIMENSIONS = 8;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Safetensors(Path path, Object root) {
    super(path, root);
  }

  /** Whether a file that begins so is one: after eight bytes its header opens. */
  static boolean isOne(byte[] head) {
    return head.length > Long.BYTES && head[Long.BYTES] == '{' && head[Long.BYTES - 1] == 0;
  }

  static Safetensors of(Path file) throws IOException {
    long size = Files.size(file);
    byte[] header;
    try (InputStream in = Files.newInputStream(file)) {
      long length =
          ByteBuffer.wrap(in.readNBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > size - Long.BYTES || length > LONGEST_HEADER) {
        throw damaged(file, "its header claims " + length + " bytes of the file's " + size);
      }
      header = in.readNBytes((int) length);
    }
    JsonNode json;
    try {
      json = JSON.readTree(header);
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON: " + e.getOriginalMessage());
    }
    if (!json.isObject()) {
      throw damaged(file, "its header is no JSON object");
    }
    return new Safetensors(file, tensors(file, json, Long.BYTES + header.length, size));
  }

  private static Map<Object, Object> tensors(Path file, JsonNode json, long begin, long size) {
    Map<Object, Object> tensors = new LinkedHashMap<>();
    List<long[]> ranges = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (entry.getKey().equals("__metadata__")) {
        continue;
      }
      String name = entry.getKey();
      JsonNode described = entry.getValue();
      String dtype = described.path("dtype").asText("");
      ElementType type =
          ElementType.ofSafetensors(dtype)
              .orElseThrow(
                  () ->
                      damaged(
                          file,
                          "tensor "
                              + Shown.name(name)
                              + " has the unknown type '"
                              + Shown.name(dtype)
                              + "'"));
      int[] extents = extents(file, name, described.path("shape"));
      long[] offsets = offsets(file, name, described.path("data_offsets"), size - begin);
      long elements = 1;
      for (int extent : extents) {
        elements = Math.min(Long.MAX_VALUE >> 32, elements * extent);
      }
      if (offsets[1] - offsets[0] != elements * type.width()) {
        throw damaged(
            file,
            "tensor "
                + Shown.name(name)
                + " of shape "
                + Shape.of(extents)
                + " has "
                + (offsets[1] - offsets[0])
                + " bytes");
      }
      ranges.add(offsets);
      tensors.put(name, new StoredTensor(type, Shape.of(extents), new Range(begin + offsets[0])));
    }
    requireCovered(file, ranges, size - begin);
    return tensors;
  }

  private static int[] extents(Path file, String name, JsonNode shape) {
    boolean fits = shape.isArray() && shape.size() <= MOST_DIMENSIONS;
    int[] extents = new int[fits ? shape.size() : 0];
    for (int i = 0; i < extents.length; i++) {
      fits &=
          shape.get(i).canConvertToInt() && shape.get(i).isInt() && shape.get(i).intValue() >= 0;
      extents[i] = shape.get(i).intValue();
    }
    if (!fits) {
      throw damaged(file, "tensor " + Shown.name(name) + " has no shape of up to 8 whole numbers");
    }
    return extents;
  }

  private static long[] offsets(Path file, String name, JsonNode pair, long bytes) {
    boolean fits =
        pair.isArray()
            && pair.size() == 2
            && pair.get(0).isIntegralNumber()
            && pair.get(1).isIntegralNumber()
            && pair.get(0).canConvertToLong()
            && pair.get(1).canConvertToLong()
            && pair.get(0).longValue() >= 0
            && pair.get(0).longValue() <= pair.get(1).longValue()
            && pair.get(1).longValue() <= bytes;
    if (!fits) {
      throw damaged(
          file, "tensor " + Shown.name(name) + " lies outside of the file's " + bytes + " bytes");
    }
    return new long[] {pair.get(0).longValue(), pair.get(1).longValue()};
  }

  private static void requireCovered(Path file, List<long[]> ranges, long bytes) {
    ranges.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
    long at = 0;
    for (long[] range : ranges) {
      if (range[0] != at) {
        throw damaged(
            file,
            range[0] < at
                ? "two tensors share bytes from " + range[0] + " on"
                : "bytes from " + at + " on belong to no tensor");
      }
      at = range[1];
    }
    if (at != bytes) {
      throw damaged(file, "bytes from " + at + " on belong to no tensor");
    }
  }

  @Override
  Map<String, Tensor> read(Map<String, StoredTensor> wanted) throws IOException {
    Map<String, Tensor> made = new HashMap<>();
    try (FileChannel channel = FileChannel.open(path())) {
      for (Map.Entry<String, StoredTensor> entry : wanted.entrySet()) {
        StoredTensor tensor = entry.getValue();
        long begin = ((Range) tensor.place()).begin();
        int length = Math.toIntExact(tensor.elements() * tensor.type().width());
        ByteBuffer data = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining() && channel.read(data, begin + data.position()) >= 0) {
          // reads on until all is there or the file ends
        }
        if (data.hasRemaining()) {
          throw damaged(path(), "it ends within tensor " + Shown.name(entry.getKey()));
        }
        int[] extents = tensor.shape().extents();
        made.put(entry.getKey(), Values.of(tensor, data, 0, StoredTensor.dense(extents, false)));
      }
    }
    return made;
  }

  private static BadInputException damaged(Path file, String what) {
    return new BadInputException(
        file + ": damaged, or no safetensors file: " + what + "; copy the file again");
  }
}
