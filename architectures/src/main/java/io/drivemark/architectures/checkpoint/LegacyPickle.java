package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.StoredTensor.StorageRef;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.problem.BadInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The format of PyTorch before 1.6: five pickles one after another (a magic number, a version, the
 * machine, what was saved, the storages' keys), then the storages in the order of the keys, each
 * its number of elements and these. Immutable.
 */
final class LegacyPickle extends WeightFile {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Long VERSION = 1001L;

  private final List<StorageRef> storages;
  private final long begin;

  private LegacyPickle(Path path, Object root, List<StorageRef> storages, long begin) {
    super(path, root);
    this.storages = storages;
    this.begin = begin;
  }

  static LegacyPickle of(Path file) throws IOException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      PickleInput in = new PickleInput(file.toString(), stream, Files.size(file));
      if (!MAGIC.equals(new PickleReader(in).read())) {
        throw new BadInputException(
            file + ": a pickle, but no PyTorch checkpoint: its magic number is missing");
      }
      if (!VERSION.equals(new PickleReader(in).read())) {
        throw new BadInputException(
            file + ": a checkpoint of another version of the format, expected " + VERSION);
      }
      if (new PickleReader(in).read() instanceof Map<?, ?> machine
          && Boolean.FALSE.equals(machine.get("little_endian"))) {
        throw new BadInputException(
            file + ": byte order is big, expected little; save it on another machine");
      }
      PickleReader saved = new PickleReader(in);
      Object root = saved.read();
      List<StorageRef> storages = inOrder(file, new PickleReader(in).read(), saved.storages());
      return new LegacyPickle(file, root, storages, in.position());
    }
  }

  private static List<StorageRef> inOrder(
      Path file, Object keys, Map<String, StorageRef> storages) {
    if (!(keys instanceof List<?> list)) {
      throw new BadInputException(file + ": damaged: its list of storages is missing");
    }
    List<StorageRef> ordered = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Object item : list) {
      StorageRef storage =
          item instanceof String || item instanceof Long ? storages.get(item.toString()) : null;
      if (storage == null || !seen.add(storage.key())) {
        throw new BadInputException(
            file + ": damaged: its list of storages names one twice, or one that no tensor views");
      }
      ordered.add(storage);
    }
    if (!seen.containsAll(storages.keySet())) {
      throw new BadInputException(file + ": damaged: its list of storages is incomplete");
    }
    return ordered;
  }

  @Override
  Map<String, Tensor> read(Map<String, StoredTensor> wanted) throws IOException {
    StorageViews views = new StorageViews(source(), wanted);
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(path()), 1 << 16)) {
      PickleInput in = new PickleInput(source(), stream, Files.size(path()));
      in.skip(begin);
      for (StorageRef storage : storages) {
        requireElements(in, storage);
        if (views.storages().containsKey(storage.key())) {
          views.make(storage.key(), in.take(storage.bytes()));
        } else {
          in.skip(storage.bytes());
        }
      }
    }
    return views.made();
  }

  private void requireElements(PickleInput in, StorageRef storage) throws IOException {
    long left = in.remaining() - Long.BYTES;
    if (left < 0 || storage.elements() > left / storage.type().width()) {
      throw new BadInputException(
          source()
              + ": truncated: storage "
              + storage.key()
              + " has "
              + storage.elements()
              + " elements of "
              + storage.type().text()
              + " from byte "
              + in.position()
              + " on, the file ends at byte "
              + in.size()
              + "; copy the file again");
    }
    long elements = in.i64();
    if (elements != storage.elements()) {
      throw new BadInputException(
          source()
              + ": damaged: storage "
              + storage.key()
              + " says "
              + elements
              + " elements, its tensor "
              + storage.elements());
    }
  }
}
