package io.drivemark.eval.history.night;

import io.drivemark.eval.runner.store.ForkStore;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a night's files lie: what {@code drivemark run} writes, and besides
 *
 * <pre>
 * night.json           {@link NightRecord}
 * forks/1, 2, …        what further processes timed
 * confirm/1, 2, …      what was timed again because of a finding
 * verdict.json         the verdict, with its views beside it
 * </pre>
 *
 * Immutable.
 *
 * @param path the folder
 */
public record NightFolder(Path path) {
  /** What is kept of the night itself. */
  public static final String RECORD = "night.json";

  /** The verdict. */
  public static final String VERDICT = "verdict.json";

  /** Folders of further processes. */
  public static final String FORKS = "forks";

  /** Folders of processes that confirm. */
  public static final String CONFIRM = "confirm";

  private static final String CONFIRMING = ".confirm";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private static final String PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}Z";

  /** The folder's name of a night that began then. */
  public static String name(Instant started) {
    return NAME.format(started);
  }

  /**
   * The nights below a folder in their order, see {@link NightRecord#order}: clocks jump back, and
   * names are times. None where the folder is not there.
   *
   * @throws io.drivemark.problem.BadInputException if the record of one is damaged
   */
  public static List<NightFolder> all(Path nights) {
    if (!Files.isDirectory(nights)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(nights)) {
      return all.filter(p -> p.getFileName().toString().matches(PATTERN))
          .filter(p -> Files.isRegularFile(p.resolve(RECORD)))
          .map(NightFolder::new)
          .map(night -> new Placed(NightJson.read(night.record()).order(), night))
          .sorted(Comparator.comparingLong(Placed::order).thenComparing(p -> p.night().id()))
          .map(Placed::night)
          .toList();
    } catch (IOException e) {
      throw new UnavailableException(nights + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /** A night in its order. */
  private record Placed(long order, NightFolder night) {}

  /** Its name. */
  public String id() {
    return path.getFileName().toString();
  }

  /** The file of its {@link NightRecord}. */
  public Path record() {
    return path.resolve(RECORD);
  }

  /** The file of its verdict. */
  public Path verdict() {
    return path.resolve(VERDICT);
  }

  /** The file of its study's results. */
  public Path results() {
    return path.resolve(RunStore.RESULTS);
  }

  /** The folder of a further process. */
  public Path fork(int number) {
    return path.resolve(FORKS).resolve(Integer.toString(number));
  }

  /**
   * The folder of a process that confirms, while not all of them have ended: together they become
   * {@link #CONFIRM} in one step, so that no half of them is taken for a confirmation.
   */
  public Path confirming(int number) {
    return path.resolve(CONFIRMING).resolve(Integer.toString(number));
  }

  /** Where processes that confirm write until all have ended. */
  public Path confirming() {
    return path.resolve(CONFIRMING);
  }

  /** Where they lie then. */
  public Path confirmed() {
    return path.resolve(CONFIRM);
  }

  /** Folders of processes that ended, further ones or those that confirm, by their numbers. */
  public List<Path> finished(String kind) {
    Path folder = path.resolve(kind);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.getFileName().toString().matches("[1-9][0-9]{0,5}"))
          .filter(p -> Files.isRegularFile(p.resolve(ForkStore.TIMES)))
          .sorted(Comparator.comparingInt(p -> Integer.parseInt(p.getFileName().toString())))
          .toList();
    } catch (IOException e) {
      throw new UnavailableException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
