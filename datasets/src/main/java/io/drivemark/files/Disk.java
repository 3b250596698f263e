package io.drivemark.files;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The steps of which a durable write is made; tests let each of them fail. */
interface Disk {
  /** Makes a file that is not there yet. */
  OutputStream create(Path file) throws IOException;

  /** Opens a file to add to its end; makes it if need be. */
  OutputStream append(Path file) throws IOException;

  /** Waits until a file's contents, or a folder's names, lie on the disk. */
  void force(Path path) throws IOException;

  /** Renames, replacing what has the name, in one step. */
  void move(Path from, Path to) throws IOException;

  /** The machine's own. */
  Disk REAL =
      new Disk() {
        @Override
        public OutputStream create(Path file) throws IOException {
          return Files.newOutputStream(
              file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public OutputStream append(Path file) throws IOException {
          return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        @Override
        public void force(Path path) throws IOException {
          boolean folder = Files.isDirectory(path);
          if (folder && File.separatorChar == '\\') {
            return; // Windows opens no folder, and writes names through its journal
          }
          StandardOpenOption how = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
          try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
          }
        }

        @Override
        public void move(Path from, Path to) throws IOException {
          try {
            Files.move(
                from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("this file system cannot replace a file in one step", e);
          }
        }
      };
}
