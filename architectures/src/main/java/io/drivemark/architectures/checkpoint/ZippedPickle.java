package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.StoredTensor.StorageRef;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.problem.BadInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The zip format of PyTorch 1.6 and later: a pickle, and an entry for each storage. Immutable. */
final class ZippedPickle extends WeightFile {
  private static final String PICKLE = "data.pkl";

  /** PyTorch does not compress; who packs such a file again gains little. */
  private static final int MOST_COMPRESSED = 8;

  private static final long LEAST_BYTES = 1 << 24;

  private final String folder;

  private ZippedPickle(Path path, Object root, String folder) {
    super(path, root);
    this.folder = folder;
  }

  /** Whether a zip file holds a TorchScript program. */
  static boolean isTorchScript(ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .anyMatch(n -> n.equals("constants.pkl") || n.endsWith("/constants.pkl"));
  }

  static ZippedPickle of(Path file) throws IOException {
    try (ZipFile zip = zip(file)) {
      String pickle =
          zip.stream()
              .map(ZipEntry::getName)
              .filter(n -> n.equals(PICKLE) || n.endsWith("/" + PICKLE))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          file + ": a zip file without data.pkl, so no PyTorch checkpoint"));
      if (isTorchScript(zip)) {
        throw new BadInputException(
            file
                + ": a TorchScript file, no state dict; use it as it is (suffix .pt, no key"
                + " 'architecture') or save the network's state_dict()");
      }
      String folder = pickle.substring(0, pickle.length() - PICKLE.length());
      ZipEntry order = zip.getEntry(folder + "byteorder");
      if (order != null) {
        requireLittleEndian(file, zip, order);
      }
      ZipEntry entry = entry(file, zip, pickle);
      requireSmall(file, entry, Files.size(file), entry.getSize());
      try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), 1 << 16)) {
        PickleInput input = new PickleInput(file.toString(), in, entry.getSize());
        return new ZippedPickle(file, new PickleReader(input).read(), folder);
      }
    }
  }

  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (IllegalArgumentException e) {
      ZipException damaged = new ZipException(e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static void requireLittleEndian(Path file, ZipFile zip, ZipEntry entry)
      throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      String text = new String(in.readNBytes(16), StandardCharsets.ISO_8859_1).strip();
      if (!text.equals("little")) {
        throw new BadInputException(
            file + ": byte order is " + text + ", expected little; save it on another machine");
      }
    }
  }

  private static ZipEntry entry(Path file, ZipFile zip, String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new BadInputException(
          file + ": entry " + name + " is missing from the zip; copy the file again");
    }
    return entry;
  }

  private static void requireSmall(Path file, ZipEntry entry, long fileSize, long bytes) {
    if (bytes < 0 || bytes > Math.max(LEAST_BYTES, MOST_COMPRESSED * fileSize)) {
      throw new BadInputException(
          file
              + ": what it unpacks to ("
              + entry.getName()
              + ") is more than "
              + MOST_COMPRESSED
              + " times the file; not read, as no checkpoint is packed like that");
    }
  }

  @Override
  Map<String, Tensor> read(Map<String, StoredTensor> wanted) throws IOException {
    StorageViews views = new StorageViews(source(), wanted);
    long size = Files.size(path());
    long total = 0;
    try (ZipFile zip = zip(path())) {
      for (StorageRef storage : views.storages().values()) {
        ZipEntry entry = entry(path(), zip, folder + "data/" + storage.key());
        if (entry.getSize() != storage.bytes()) {
          throw wrongSize(storage, entry.getSize());
        }
        total += entry.getSize();
        requireSmall(path(), entry, size, total);
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, storage.bytes()));
          if (bytes.length != storage.bytes()) {
            throw wrongSize(storage, bytes.length);
          }
          views.make(storage.key(), bytes);
        }
      }
    }
    return views.made();
  }

  private BadInputException wrongSize(StorageRef storage, long found) {
    return new BadInputException(
        source()
            + ": storage "
            + storage.key()
            + " has "
            + found
            + " bytes, expected "
            + storage.bytes()
            + "; copy the file again");
  }
}
