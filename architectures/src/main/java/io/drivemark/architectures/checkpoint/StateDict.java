package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PickleValues.TensorRef;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The tensors of a PyTorch checkpoint by name, in the file's order: what {@code
 * torch.save(network.state_dict(), file)} wrote, in the zip format of PyTorch 1.6 and later or in
 * the legacy one. A checkpoint that keeps its state dict under a key of its own ({@code
 * state_dict}, {@code model_state_dict}, {@code model}) is read too. Floating-point tensors become
 * float32, whole-number and boolean ones int64. No code from the file is run. Immutable.
 *
 * @param source the file, for messages
 * @param tensors by name, in file order
 */
public record StateDict(String source, Map<String, Tensor> tensors) {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;
  private static final List<String> NESTED = List.of("state_dict", "model_state_dict", "model");

  public StateDict {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it does not exist, is truncated or damaged, holds something other
   *     than tensors (the message names the class), or is no PyTorch checkpoint
   */
  public static StateDict read(Path file) {
    String source = file.toString();
    try {
      byte[] head = new byte[2];
      try (var in = Files.newInputStream(file)) {
        if (in.readNBytes(head, 0, 2) == 0) {
          throw new BadInputException(source + ": is empty; copy the file again");
        }
      }
      return head[0] == 'P' && head[1] == 'K' ? readZip(file) : readLegacy(file);
    } catch (NoSuchFileException e) {
      throw new BadInputException(source + ": no such file", e);
    } catch (ZipException e) {
      throw new BadInputException(
          source + ": truncated or damaged zip: " + e.getMessage() + "; copy the file again", e);
    } catch (IOException e) {
      throw new BadInputException(source + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static StateDict readZip(Path file) throws IOException {
    String source = file.toString();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String pickle =
          zip.stream()
              .map(ZipEntry::getName)
              .filter(n -> n.equals("data.pkl") || n.endsWith("/data.pkl"))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          source + ": a zip file without data.pkl, so no PyTorch checkpoint"));
      String folder = pickle.substring(0, pickle.length() - "data.pkl".length());
      if (zip.getEntry(folder + "constants.pkl") != null) {
        throw new BadInputException(
            source
                + ": a TorchScript file, no state dict; use it as it is (suffix .pt, no key"
                + " 'architecture') or save the network's state_dict()");
      }
      requireLittleEndian(zip, folder, source);
      Object root = new PickleReader(source, ByteBuffer.wrap(bytes(zip, pickle, source))).read();
      Map<String, TensorRef> refs = tensors(root, source);
      Map<String, Storage> storages = new HashMap<>();
      for (TensorRef ref : refs.values()) {
        String key = ref.storage().key();
        if (!storages.containsKey(key)) {
          ByteBuffer data = ByteBuffer.wrap(bytes(zip, folder + "data/" + key, source));
          storages.put(key, Storage.read(source, ref.storage(), data));
        }
      }
      return resolved(source, refs, storages);
    }
  }

  private static void requireLittleEndian(ZipFile zip, String folder, String source)
      throws IOException {
    ZipEntry order = zip.getEntry(folder + "byteorder");
    if (order != null) {
      String text =
          new String(zip.getInputStream(order).readAllBytes(), StandardCharsets.US_ASCII).strip();
      if (!text.equals("little")) {
        throw new BadInputException(
            source + ": byte order is " + text + ", expected little; save it on another machine");
      }
    }
  }

  private static byte[] bytes(ZipFile zip, String name, String source) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new BadInputException(
          source + ": entry " + name + " is missing from the zip; copy the file again");
    }
    return zip.getInputStream(entry).readAllBytes();
  }

  private static StateDict readLegacy(Path file) throws IOException {
    String source = file.toString();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    Object magic = new PickleReader(source, bytes).read();
    if (!MAGIC.equals(magic)) {
      throw new BadInputException(
          source + ": a pickle, but no PyTorch checkpoint: its magic number is missing");
    }
    Object protocol = new PickleReader(source, bytes).read();
    if (!Long.valueOf(PROTOCOL).equals(protocol)) {
      throw new BadInputException(
          source + ": checkpoint protocol " + protocol + ", expected " + PROTOCOL);
    }
    Object system = new PickleReader(source, bytes).read();
    if (system instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("little_endian"))) {
      throw new BadInputException(
          source + ": byte order is big, expected little; save it on another machine");
    }
    Map<String, TensorRef> refs = tensors(new PickleReader(source, bytes).read(), source);
    Map<String, PickleValues.StorageRef> wanted = new HashMap<>();
    refs.values().forEach(r -> wanted.put(r.storage().key(), r.storage()));
    Object keys = new PickleReader(source, bytes).read();
    Map<String, Storage> storages = new HashMap<>();
    if (!(keys instanceof List<?> list) || !Set.copyOf(texts(list)).containsAll(wanted.keySet())) {
      throw new BadInputException(source + ": damaged: its list of storages is incomplete");
    }
    for (String key : texts(list)) {
      PickleValues.StorageRef ref = wanted.get(key);
      if (ref == null) {
        throw new BadInputException(source + ": damaged: storage " + key + " belongs to no tensor");
      }
      storages.put(key, Storage.readLegacy(source, ref, bytes));
    }
    return resolved(source, refs, storages);
  }

  private static List<String> texts(List<?> list) {
    return list.stream().map(String::valueOf).toList();
  }

  private static Map<String, TensorRef> tensors(Object root, String source) {
    Object dictionary = root;
    for (String key : NESTED) {
      if (root instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> nested) {
        dictionary = nested;
        break;
      }
    }
    if (!(dictionary instanceof Map<?, ?> map)) {
      throw new BadInputException(
          source + ": holds " + kind(dictionary) + ", expected tensors by name (a state dict)");
    }
    Map<String, TensorRef> refs = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    map.forEach(
        (name, value) -> {
          if (value instanceof TensorRef ref) {
            refs.put(String.valueOf(name), ref);
          } else {
            others.add(name + " (" + kind(value) + ")");
          }
        });
    if (refs.isEmpty() || !others.isEmpty()) {
      throw new BadInputException(
          source
              + ": expected tensors by name, or these under one of the keys "
              + String.join(", ", NESTED)
              + "; found "
              + (others.isEmpty() ? "nothing" : "also " + String.join(", ", others))
              + ". Save the network's state_dict()");
    }
    return refs;
  }

  private static String kind(Object value) {
    if (value instanceof Map) {
      return "a dictionary";
    }
    if (value instanceof List || value instanceof PickleValues.Tuple) {
      return "a list";
    }
    return value instanceof TensorRef ? "one tensor" : "'" + value + "'";
  }

  private static StateDict resolved(
      String source, Map<String, TensorRef> refs, Map<String, Storage> storages) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    refs.forEach(
        (name, ref) ->
            tensors.put(name, storages.get(ref.storage().key()).view(source, name, ref)));
    return new StateDict(source, tensors);
  }
}
