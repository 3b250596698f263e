package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** A checkpoint that is being written: a pickle, and the storages its tensors view. */
public final class Saved {
  private final PickleBytes pickle = new PickleBytes().proto();
  private final Map<String, byte[]> storages = new LinkedHashMap<>();

  PickleBytes pickle() {
    return pickle;
  }

  Map<String, byte[]> storages() {
    return storages;
  }

  Saved open() {
    pickle.op('}');
    return this;
  }

  /** The next key. */
  Saved key(String name) {
    pickle.text(name);
    return this;
  }

  /** Puts the last value under the last key. */
  Saved put() {
    pickle.op('s');
    return this;
  }

  /** A dictionary of these tensors, each name with a prefix. */
  Saved tensors(String prefix, Map<String, Tensor> tensors) {
    open();
    tensors.forEach((name, tensor) -> tensor(prefix + name, tensor));
    return this;
  }

  /** A float32 tensor, or one of int64. */
  Saved tensor(String name, Tensor tensor) {
    byte[] bytes =
        tensor.isFloat() ? PickleBytes.floats(tensor.floats()) : PickleBytes.longs(tensor.longs());
    return tensor(name, tensor.isFloat() ? "FloatStorage" : "LongStorage", tensor, bytes);
  }

  /** A tensor of that shape in another type. */
  Saved tensor(String name, String storage, Tensor tensor, byte[] bytes) {
    int[] extents = tensor.shape().extents();
    long[] dense = StoredTensor.dense(extents, false);
    int[] stride = new int[extents.length];
    for (int i = 0; i < stride.length; i++) {
      stride[i] = (int) dense[i];
    }
    String key = "" + storages.size();
    storages.put(key, bytes);
    pickle.text(name);
    pickle.tensor(storage, key, (int) tensor.shape().elements(), 0, extents, stride).op('s');
    return this;
  }

  /** The same tensors as NumPy arrays, the way protocol 2 has them. */
  Saved arrays(Map<String, Tensor> tensors) {
    open();
    tensors.forEach(
        (name, tensor) -> {
          pickle.text(name);
          pickle.global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
          pickle.ints(0);
          encoded("b".getBytes(StandardCharsets.ISO_8859_1)).op(0x87, 'R', '(').integer(1);
          pickle.ints(tensor.shape().extents());
          pickle.global("numpy", "dtype").text("f4").op(0x89, 0x88, 0x87, 'R');
          pickle.op('(').integer(3).text("<").op('N', 'N', 'N').integer(-1).integer(-1);
          pickle.integer(0).op('t', 'b', 0x89);
          encoded(PickleBytes.floats(tensor.floats())).op('t', 'b', 's');
        });
    return this;
  }

  private PickleBytes encoded(byte[] bytes) {
    byte[] utf8 = new String(bytes, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
    pickle.global("_codecs", "encode").op('X').little(utf8.length).raw(utf8);
    return pickle.text("latin1").op(0x86, 'R');
  }

  Path zip(Path file) {
    return PickleBytes.zip(file, pickle.stop().bytes(), storages);
  }

  /** A safetensors file of these float32 tensors. */
  public static byte[] safetensors(Map<String, Tensor> tensors) {
    StringJoiner header = new StringJoiner(",", "{\"__metadata__\":{\"format\":\"pt\"},", "}");
    PickleBytes data = new PickleBytes();
    int at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      byte[] bytes = PickleBytes.floats(entry.getValue().floats());
      header.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(entry.getKey(), entry.getValue().shape(), at, at + bytes.length));
      at += bytes.length;
      data.raw(bytes);
    }
    return safetensors(header.toString(), data.bytes());
  }

  /** A safetensors file of this header and these bytes. */
  static byte[] safetensors(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array();
    return new PickleBytes().raw(length).raw(text).raw(data).bytes();
  }
}
