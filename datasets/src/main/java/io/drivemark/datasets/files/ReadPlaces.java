package io.drivemark.datasets.files;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files and folders that are read from, so that nothing is written there: photographs, labels
 * and lists of a dataset, the file of a model. Paths are compared by where they lead, links and
 * {@code ..} followed, whether they are there or not. Where folders lie is looked up once, at the
 * first question. Thread-safe.
 *
 * <pre>{@code
 * Datasets.places(request).requireFile("--json", Path.of("score.json"));
 * }</pre>
 */
public final class ReadPlaces {
  /** Nothing is read. */
  public static final ReadPlaces NONE = new ReadPlaces(List.of());

  private final List<Source> sources;

  private ReadPlaces(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Places of one owner.
   *
   * @param owner what messages call it, for example {@code "dataset camvid"}
   * @param folders folders of whose files any may be read
   * @param files single files, whether they are there or not
   */
  public static ReadPlaces of(String owner, List<FolderShape> folders, List<Path> files) {
    return new ReadPlaces(List.of(new Source(owner, folders, files)));
  }

  /** These and others. */
  public ReadPlaces and(ReadPlaces others) {
    return new ReadPlaces(Stream.concat(sources.stream(), others.sources.stream()).toList());
  }

  /**
   * Refuses a file that would replace one that is read, or would lie in a folder that is read.
   *
   * @param option that named it, for the message
   * @param file null if the option was not given
   */
  public void requireFile(String option, Path file) {
    if (file == null || sources.isEmpty()) {
      return;
    }
    Path led = Place.follow(file);
    Path entry = Place.entry(file);
    for (Source source : sources) {
      source.contentAt(led).ifPresent(hit -> refuse(option, file, source.fileHit(file, hit)));
      for (Path path : led.equals(entry) ? List.of(led) : List.of(led, entry)) {
        source.fileAt(path).ifPresent(hit -> refuse(option, file, source.fileHit(file, hit)));
        source
            .folderAt(path.getParent())
            .ifPresent(
                hit ->
                    refuse(
                        option,
                        file,
                        "would lie in a folder that "
                            + source.owner
                            + " is read from ("
                            + hit
                            + "); nothing is written there"));
      }
    }
  }

  /**
   * Refuses a folder to be filled with files of any name if it is one that is read, or lies above
   * one or above a file that is read.
   *
   * @param option that named it, for the message
   * @param folder null if the option was not given
   */
  public void requireFolder(String option, Path folder) {
    if (folder == null || sources.isEmpty()) {
      return;
    }
    Path led = Place.follow(folder);
    for (Source source : sources) {
      source
          .folderAt(led)
          .ifPresent(
              hit ->
                  refuse(
                      option,
                      folder,
                      "is a folder that "
                          + source.owner
                          + " is read from"
                          + (hit.equals(folder) ? "" : " (" + hit + ")")
                          + "; nothing is written there"));
      source
          .below(led)
          .ifPresent(
              hit ->
                  refuse(
                      option,
                      folder,
                      "is where "
                          + source.owner
                          + " is read from ("
                          + hit
                          + "); nothing is written there"));
    }
  }

  private static void refuse(String option, Path given, String why) {
    throw new BadInputException(option + ": " + given + " " + why + ": give another place");
  }

  /** What one owner reads. */
  private static final class Source {
    private final String owner;
    private final List<FolderShape> shapes;
    private final List<Path> files;
    private Map<Place, Path> folders;
    private Map<Place, Path> above;
    private Map<Place, Path> named;
    private Map<Place, Path> contents;

    Source(String owner, List<FolderShape> shapes, List<Path> files) {
      this.owner = owner;
      this.shapes = List.copyOf(shapes);
      this.files = List.copyOf(files);
    }

    String fileHit(Path given, Path hit) {
      return "is a file that "
          + owner
          + " is read from"
          + (hit.equals(given) ? "" : " (" + hit + ")")
          + "; it is not replaced";
    }

    private synchronized void look() {
      if (folders != null) {
        return;
      }
      Map<Place, Path> found = new HashMap<>();
      above = new HashMap<>();
      named = new HashMap<>();
      for (Path file : files) {
        put(named, Place.follow(file), file);
        put(named, Place.entry(file), file);
      }
      for (FolderShape shape : shapes) {
        List<Path> present = shape.present();
        present.forEach(folder -> put(found, Place.follow(folder), folder));
        (present.isEmpty() ? List.of(shape.base()) : present)
            .forEach(folder -> putAbove(Place.follow(folder), folder));
      }
      folders = found;
    }

    private static void put(Map<Place, Path> map, Path led, Path called) {
      map.putIfAbsent(Place.of(led), called);
    }

    private void putAbove(Path led, Path called) {
      for (Path at = led; at != null; at = at.getParent()) {
        put(above, at, called);
      }
    }

    Optional<Path> fileAt(Path led) {
      look();
      return Optional.ofNullable(named.get(Place.of(led)));
    }

    /** The read folder that a path leads to, whether it is there or not. */
    Optional<Path> folderAt(Path led) {
      if (led == null) {
        return Optional.empty();
      }
      look();
      return Optional.ofNullable(folders.get(Place.of(led))).or(() -> shaped(led, false));
    }

    /** What is read at or below a path. */
    Optional<Path> below(Path led) {
      look();
      Place place = Place.of(led);
      return Optional.ofNullable(above.get(place))
          .or(() -> shaped(led, true))
          .or(() -> files.stream().filter(file -> Place.entry(file).startsWith(led)).findFirst());
    }

    private Optional<Path> shaped(Path led, boolean orBelow) {
      for (FolderShape shape : shapes) {
        Place base = Place.of(Place.follow(shape.base()));
        String names = "";
        for (Path at = led; at != null && at.getFileName() != null; at = at.getParent()) {
          if (Place.of(at).equals(base)
              && (orBelow ? shape.mayHaveBelow(names) : shape.has(names))) {
            return Optional.of(shape.base().resolve(names));
          }
          names = at.getFileName() + "/" + names;
        }
      }
      return Optional.empty();
    }

    /** The file in a read folder that is the same file; links of both kinds lead there. */
    synchronized Optional<Path> contentAt(Path led) {
      if (!Files.isRegularFile(led)) {
        return Optional.empty();
      }
      look();
      if (contents == null) {
        Map<Place, Path> all = new HashMap<>();
        for (Path folder : new ArrayList<>(folders.values())) {
          try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).forEach(f -> put(all, f, f));
          } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be listed: " + e.getMessage(), e);
          }
        }
        contents = all;
      }
      return Optional.ofNullable(contents.get(Place.of(led)));
    }
  }
}
