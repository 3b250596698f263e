package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.compare.CellComparison;
import io.drivemark.eval.history.compare.Comparer;
import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.ExactDifference;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How tonight's predictions differ from those of the last night of this machine that has them
 * complete, on the same frames, where their prints are not the same. Most nights nothing is
 * computed: prints are compared as texts. Stateless.
 */
final class Moved {
  private static final int MOST_FRAMES = 10;

  private Moved() {}

  /**
   * Differences by {@link Series#key}; none of a night whose folder or evidence is gone or damaged.
   *
   * @param before nights before, the oldest first
   * @param folders of nights, by their uids
   */
  static Map<String, ExactDifference> since(
      List<Night> before, Night tonight, Map<String, Path> folders) {
    Map<Night, Map<String, CellComparison>> compared = new HashMap<>();
    Map<String, ExactDifference> out = new HashMap<>();
    for (SeriesNight seen : tonight.series()) {
      Optional<Night> last = last(before, seen.series(), tonight);
      if (last.isEmpty() || samePrints(last.get(), seen)) {
        continue;
      }
      Path then = folders.get(last.get().ref().uid());
      Path now = folders.get(tonight.ref().uid());
      if (then == null || now == null || !Files.isDirectory(then)) {
        continue;
      }
      CellComparison cell =
          compared
              .computeIfAbsent(last.get(), night -> compare(then, now))
              .get(seen.series().key());
      if (cell != null) {
        out.put(seen.series().key(), difference(last.get(), cell));
      }
    }
    return out;
  }

  /** The night that the judge holds tonight against, if its frames are the same. */
  private static Optional<Night> last(List<Night> before, Series series, Night tonight) {
    for (int i = before.size() - 1; i >= 0; i--) {
      Night night = before.get(i);
      boolean comes = night.machine().equals(tonight.machine()) && night.excluded().isEmpty();
      Optional<CellAccuracy> then =
          accuracy(night, series).filter(cell -> comes && cell.complete());
      if (then.isPresent()) {
        Optional<String> data = accuracy(tonight, series).map(CellAccuracy::data);
        return data.filter(then.get().data()::equals).map(same -> night);
      }
    }
    return Optional.empty();
  }

  private static Optional<CellAccuracy> accuracy(Night night, Series series) {
    return night.series().stream()
        .filter(s -> s.series().equals(series))
        .findFirst()
        .flatMap(SeriesNight::accuracy);
  }

  private static boolean samePrints(Night then, SeriesNight now) {
    Optional<String> prints = accuracy(then, now.series()).flatMap(CellAccuracy::prints);
    return prints.isPresent() && prints.equals(now.accuracy().flatMap(CellAccuracy::prints));
  }

  private static Map<String, CellComparison> compare(Path then, Path now) {
    Map<String, CellComparison> out = new HashMap<>();
    List<CellComparison> cells;
    try {
      cells = Comparer.predictions(then, now);
    } catch (BadInputException e) {
      return out; // the earlier night is not whole any more: what moved stays unknown, and is said
      // so
    }
    cells.forEach(cell -> out.put(cell.series().digest(), cell));
    return out;
  }

  private static ExactDifference difference(Night then, CellComparison cell) {
    Optional<CellComparison.Moved> moved = cell.moved();
    return new ExactDifference(
        then.ref().uid(),
        moved.map(CellComparison.Moved::frames).orElse(0),
        moved.map(CellComparison.Moved::pixels).orElse(OptionalLong.empty()).orElse(0),
        moved.map(CellComparison.Moved::withinFragile).orElse(true),
        cell.frames().stream().map(CellComparison.FrameChange::id).limit(MOST_FRAMES).toList());
  }
}
