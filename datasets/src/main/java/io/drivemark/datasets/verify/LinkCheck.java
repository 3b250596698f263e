package io.drivemark.datasets.verify;

import io.drivemark.datasets.catalog.FolderScan;
import io.drivemark.datasets.catalog.FrameFiles;
import io.drivemark.datasets.verify.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds files that a symbolic link puts outside the dataset's folder: what is scored is then not
 * what was handed over. The root itself may be a link. Stateless.
 */
final class LinkCheck {
  private LinkCheck() {}

  static List<Finding> find(FolderScan scan) {
    List<Finding> out = new ArrayList<>();
    try {
      Path root = scan.root().toRealPath();
      Map<Path, Integer> outside = new TreeMap<>();
      Map<Path, Path> resolved = new TreeMap<>();
      for (FrameFiles frame : scan.frames()) {
        for (Path file : frame.files()) {
          Path folder = file.toAbsolutePath().getParent();
          Path real = resolved.get(folder);
          if (real == null) {
            real = folder.toRealPath();
            resolved.put(folder, real);
          }
          if (!real.startsWith(root)) {
            outside.merge(folder, 1, Integer::sum);
          } else if (Files.isSymbolicLink(file) && !file.toRealPath().startsWith(root)) {
            out.add(finding(frame.id(), file, file.toRealPath(), "a file"));
          }
        }
      }
      outside.forEach(
          (folder, files) ->
              out.add(
                  finding(
                      "",
                      folder,
                      resolved.get(folder),
                      files + (files == 1 ? " file" : " files"))));
    } catch (IOException e) {
      // A file that went away meanwhile: the check of its frame says so.
    }
    return out;
  }

  private static Finding finding(String id, Path link, Path real, String what) {
    return new Finding(
        Kind.OUTSIDE_ROOT,
        id,
        link
            + ": a symbolic link leads to "
            + what
            + " outside the dataset's folder, "
            + real
            + "; copy it into the folder, or give that folder as the root");
  }
}
