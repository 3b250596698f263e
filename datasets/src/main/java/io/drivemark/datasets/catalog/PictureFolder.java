package io.drivemark.datasets.catalog;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.UnlabelledDataset.Picture;
import io.drivemark.datasets.files.FileNames;
import io.drivemark.datasets.files.FileTree;
import io.drivemark.datasets.files.NaturalOrder;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plain folder of pictures as a dataset without labels: all that a model needs to predict. A
 * picture's id is its path below the folder without its suffix; where two would have one id, with
 * it. Stateless.
 */
public final class PictureFolder {
  /** Suffixes of pictures; of a kind that is not read, the picture is left out by name. */
  private static final Set<String> SUFFIXES =
      Set.of(
          "png", "jpg", "jpeg", "jpe", "jfif", "bmp", "webp", "tif", "tiff", "gif", "ppm", "jp2",
          "heic", "avif");

  private static final String SPLIT = "pictures";

  private PictureFolder() {}

  /**
   * Opens all pictures below a folder, links followed, in the order of their paths. Hidden files
   * and folders and {@code __MACOSX} are no pictures.
   *
   * @param labels the classes that predictions have
   * @param limit take the first so many pictures only
   * @throws BadInputException if the folder is not there or has no picture
   */
  public static Dataset open(Path folder, LabelSpace labels, OptionalInt limit) {
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          folder
              + (Files.exists(folder) ? ": not a folder" : ": no such folder")
              + "; expected a folder of pictures");
    }
    FileTree tree = FileTree.below(folder);
    List<Path> pictures =
        Stream.concat(tree.files().stream(), tree.brokenLinks().stream())
            .filter(file -> isPicture(folder.relativize(file)))
            .toList();
    if (pictures.isEmpty()) {
      throw new BadInputException(
          folder
              + ": no picture below it ("
              + Counted.of(tree.files().size(), "other file")
              + "); expected files whose names end in ."
              + String.join(", .", new TreeSet<>(SUFFIXES)));
    }
    Map<String, Path> byId = new TreeMap<>();
    ids(folder, pictures).forEach((picture, id) -> byId.put(id, picture));
    List<Picture> all =
        NaturalOrder.sorted(byId.keySet()).stream()
            .map(id -> new Picture(id, byId.get(id), Map.of()))
            .toList();
    String name = folder.toAbsolutePath().normalize().getFileName() + "";
    int count = Math.min(all.size(), limit.orElse(all.size()));
    return new UnlabelledDataset(name, SPLIT, plain(labels), all, count, false);
  }

  /** Each class is written as its own index. */
  private static LabelCoding plain(LabelSpace labels) {
    Map<Integer, Integer> values = new TreeMap<>();
    for (int i = 0; i < labels.size(); i++) {
      values.put(i, i);
    }
    return new LabelCoding(
        LabelCoding.Kind.INDEX, labels, values, new TreeSet<>(Set.of(LabelSpace.VOID)), false);
  }

  private static boolean isPicture(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".") || FileNames.isLitter(part)) {
        return false;
      }
    }
    String name = relative.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** The id of each picture, in the order of the pictures. */
  private static Map<Path, String> ids(Path folder, List<Path> pictures) {
    Map<Path, String> ids = new TreeMap<>();
    for (Path picture : pictures) {
      String whole = whole(folder, picture);
      ids.put(picture, whole.substring(0, whole.lastIndexOf('.')));
    }
    for (List<Path> same = shared(ids); !same.isEmpty(); same = shared(ids)) {
      same.forEach(picture -> ids.put(picture, whole(folder, picture)));
    }
    return ids;
  }

  /** Pictures without their suffix whose id another has, letters' case left aside. */
  private static List<Path> shared(Map<Path, String> ids) {
    Map<String, List<Path>> byId = new HashMap<>();
    ids.forEach(
        (picture, id) ->
            byId.computeIfAbsent(id.toLowerCase(Locale.ROOT), k -> new ArrayList<>()).add(picture));
    return byId.values().stream()
        .filter(pictures -> pictures.size() > 1)
        .flatMap(List::stream)
        .filter(picture -> !ids.get(picture).endsWith(suffixed(picture)))
        .collect(Collectors.toList());
  }

  private static String suffixed(Path picture) {
    return picture.getFileName().toString();
  }

  private static String whole(Path folder, Path picture) {
    return folder.relativize(picture).toString().replace('\\', '/');
  }
}
