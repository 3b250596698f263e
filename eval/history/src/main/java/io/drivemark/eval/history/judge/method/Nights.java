package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.statistics.RankNull;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The nights of tonight's machine in order, excluded ones left out, tonight last, at most as many
 * as a scan can take. Immutable.
 */
final class Nights {
  private final List<Night> all;

  Nights(JudgeInput input) {
    Night tonight = input.tonight();
    List<Night> kept =
        new ArrayList<>(
            input.before().stream()
                .filter(night -> night.machine().equals(tonight.machine()))
                .filter(night -> night.excluded().isEmpty())
                .filter(night -> night.ref().compareTo(tonight.ref()) < 0)
                .sorted(Comparator.comparing(Night::ref))
                .toList());
    kept.add(tonight);
    all = List.copyOf(kept.subList(Math.max(0, kept.size() - RankNull.MOST), kept.size()));
  }

  int size() {
    return all.size();
  }

  /** Index of tonight. */
  int tonight() {
    return all.size() - 1;
  }

  Night get(int index) {
    return all.get(index);
  }

  Night.Ref ref(int index) {
    return all.get(index).ref();
  }

  /**
   * The index of a night; of one that is not among them that of the first one after it, and their
   * number where there is none.
   */
  int place(Night.Ref ref) {
    int t = 0;
    while (t < all.size() && ref(t).compareTo(ref) < 0) {
      t++;
    }
    return t;
  }

  /** What a night has of a series; empty if it was not to be measured. */
  Optional<SeriesNight> of(Series series, int index) {
    return all.get(index).series().stream().filter(one -> one.series().equals(series)).findFirst();
  }

  /** The index of the night with this uid; −1 if it is not among them. */
  int indexOf(String uid) {
    for (int i = 0; i < all.size(); i++) {
      if (ref(i).uid().equals(uid)) {
        return i;
      }
    }
    return -1;
  }
}
