package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.compare.NamedResults;
import io.drivemark.eval.history.compare.NightsFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.StoreUrl;
import io.drivemark.eval.history.store.folder.RunFolder;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nights of a night's file by name: those of its folder, and {@code pinned}, the night that the
 * file pins. Immutable; looks at the disk, and for an annotation's night into the store, each time
 * it is asked.
 *
 * @param plan the night's file
 * @param password of a PostgreSQL store, where one is needed
 */
public record NightResults(NightPlan plan, Optional<String> password) implements NamedResults {
  private static final String PINNED = "pinned";

  @Override
  public Optional<Path> folder(String name) {
    return name.equals(PINNED) ? Optional.of(pinned()) : nights().folder(name);
  }

  @Override
  public List<String> names() {
    List<String> out = new ArrayList<>();
    plan.pinned().ifPresent(name -> out.add(PINNED));
    out.addAll(nights().names());
    return out;
  }

  private NightsFolder nights() {
    return new NightsFolder(plan.folder());
  }

  private Path pinned() {
    String name =
        plan.pinned()
            .orElseThrow(
                () ->
                    new BadInputException(
                        plan.source()
                            + ": pins no night; add the line pinned: NIGHT, with a night's name or"
                            + " an annotation of it"));
    return nights().folder(name).orElseGet(() -> stored(name));
  }

  private Path stored(String name) {
    try (ResultStore store = ResultStore.open(StoreUrl.parse(plan.store()), password)) {
      HistoryView.NightLine night = store.night(name);
      Path folder = Path.of(night.folder());
      if (!Files.isDirectory(folder)) {
        throw new BadInputException(
            name + " is the night " + folder + ", whose folder is no longer there");
      }
      if (RunFolder.isOfAnother(folder, night.machine().digest())) {
        throw new BadInputException(
            name
                + " is the night "
                + folder
                + " of another machine; here the folder of this name is another night's");
      }
      return folder;
    } catch (BadInputException e) {
      throw new BadInputException(plan.source() + ": pinned: " + e.getMessage(), e);
    }
  }
}
