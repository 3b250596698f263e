package io.drivemark.cli;

import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.StoreUrl;
import io.drivemark.eval.history.store.folder.RunFolder;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The last nights of a store as folders to select from. A store keeps no counts of frames: it says
 * where the nights lie whose evidence has them. Stateless.
 */
final class SelectStore {
  private SelectStore() {}

  /**
   * The folders of the last nights on the machine of the last one, those left out that people
   * excluded or on which the machine was not fit for timing.
   *
   * @param url of the store
   * @param nights how many at most
   * @throws BadInputException if there is no such night, or the folder of one is gone
   */
  static List<Path> folders(String url, int nights) {
    List<NightLine> fit;
    try (ResultStore store =
        ResultStore.open(
            StoreUrl.parse(url), Optional.ofNullable(System.getenv(StoreUrl.PASSWORD)))) {
      fit =
          store.nights().stream()
              .filter(n -> n.excluded().isEmpty() && n.unquiet().isEmpty())
              .toList();
    }
    if (fit.isEmpty()) {
      throw new BadInputException(
          "--store: "
              + url
              + " has no night that may be selected from; take some in with 'drivemark store import"
              + " DIR --store "
              + url
              + "'");
    }
    NightLine last = fit.get(fit.size() - 1);
    List<NightLine> there = fit.stream().filter(n -> n.machine().equals(last.machine())).toList();
    List<NightLine> chosen = there.subList(Math.max(0, there.size() - nights), there.size());
    for (NightLine night : chosen) {
      if (!Files.isDirectory(Path.of(night.folder()))) {
        throw new BadInputException(
            "--store: the folder "
                + night.folder()
                + " of the night of "
                + night.ref().start()
                + " is gone; a selection needs its counts and timed runs. Name folders that are"
                + " there in place of --store, or ask for fewer nights");
      }
      if (RunFolder.isOfAnother(Path.of(night.folder()), night.machine().digest())) {
        throw new BadInputException(
            "--store: here the folder "
                + night.folder()
                + " holds another machine's night than that of "
                + night.ref().start()
                + " on "
                + night.machine().label()
                + "; select on that machine, or name folders in place of --store");
      }
    }
    return chosen.stream().map(night -> Path.of(night.folder())).toList();
  }
}
