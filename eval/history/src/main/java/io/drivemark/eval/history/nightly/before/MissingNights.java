package io.drivemark.eval.history.nightly.before;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.folder.DecisionFiles;
import io.drivemark.eval.history.store.folder.FolderFacts;
import io.drivemark.eval.history.store.folder.RunFacts.Kind;
import io.drivemark.eval.history.store.folder.RunFolder;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Nights that lie in the folder of a plan and that a store lacks. Folders are the truth, so a store
 * that is new, or was lost, gets them back before a night is judged by it. Some stay out: a night
 * that never ended; one of another machine, by which nothing of this one is judged; one that is
 * older than all that the store has of this machine, since old ones go where they are pruned, and
 * what somebody removed comes back by nobody but a person. Immutable; it looks at the disk once.
 */
public final class MissingNights {
  private final List<NightLine> stored;
  private final MachineKey here;
  private final Map<Path, List<NightLine>> byFolder = new HashMap<>();
  private final OptionalLong oldest;
  private final List<NightFolder> wanted = new ArrayList<>();
  private final List<NightFolder> moved = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>();
  private int inBaselines;
  private int older;
  private int elsewhere;

  private MissingNights(List<NightLine> stored, MachineKey here) {
    this.stored = List.copyOf(stored);
    this.here = here;
    for (NightLine line : this.stored) {
      byFolder.computeIfAbsent(real(Path.of(line.folder())), p -> new ArrayList<>()).add(line);
    }
    oldest =
        this.stored.stream()
            .filter(line -> line.kind().equals(Kind.NIGHT.word()) && line.machine().equals(here))
            .mapToLong(line -> line.ref().order())
            .min();
  }

  /**
   * Looks at a folder of nights.
   *
   * @param stored what the store has
   * @param here this machine
   * @throws BadInputException if the record of a night is damaged
   */
  public static MissingNights of(Path nights, List<NightLine> stored, MachineKey here) {
    MissingNights out = new MissingNights(stored, here);
    for (NightFolder night : NightFolder.all(nights)) {
      NightRecord record = NightJson.read(night.record());
      if (record.finished().isPresent()) {
        out.look(night, record);
      }
    }
    return out;
  }

  private void look(NightFolder night, NightRecord record) {
    List<NightLine> there = byFolder.getOrDefault(real(night.path()), List.of());
    if (there.stream().anyMatch(line -> line.machine().equals(here))) {
      return;
    }
    try {
      MachineKey machine = RunFolder.machine(night.path());
      Optional<NightLine> known =
          there.stream()
              .filter(line -> line.machine().equals(machine))
              .findFirst()
              .or(() -> elsewhereOnDisk(night, record, machine));
      if (known.isPresent()) {
        if (!Files.exists(Path.of(known.get().folder()))) {
          moved.add(night);
        }
      } else if (!machine.equals(here)) {
        elsewhere++;
      } else if (oldest.isPresent() && record.order() < oldest.getAsLong()) {
        older++;
      } else {
        inBaselines += DecisionFiles.exclusion(night.path()).isEmpty() ? 1 : 0;
        wanted.add(night);
      }
    } catch (BadInputException e) {
      damaged.add(e.getMessage()); // tonight is judged without it, and that is said
    }
  }

  /** The same night by another folder's name: a copy of it, or what it was called before. */
  private Optional<NightLine> elsewhereOnDisk(
      NightFolder night, NightRecord record, MachineKey machine) {
    List<NightLine> alike =
        stored.stream()
            .filter(line -> line.machine().equals(machine))
            .filter(line -> line.ref().order() == record.order())
            .filter(line -> line.ref().start().equals(record.started()))
            .toList();
    if (alike.isEmpty()) {
      return Optional.empty();
    }
    String uid = FolderFacts.read(night.path()).run().uid(); // machines of one kind may be alike
    return alike.stream().filter(line -> line.ref().uid().equals(uid)).findFirst();
  }

  /** A folder by its one name, whatever links lead to it. */
  private static Path real(Path folder) {
    Path plain = folder.toAbsolutePath().normalize();
    try {
      return Files.exists(plain) ? plain.toRealPath() : plain;
    } catch (IOException e) {
      throw new UnavailableException(plain + ": cannot be looked at: " + e.getMessage(), e);
    }
  }

  /** Those that are to be taken in, in their order. */
  public List<NightFolder> wanted() {
    return List.copyOf(wanted);
  }

  /** Those that the store has by another name of their folder, which is no more. */
  public List<NightFolder> moved() {
    return List.copyOf(moved);
  }

  /** How many of those wanted a night may be judged against: no person took them out. */
  public int inBaselines() {
    return inBaselines;
  }

  /**
   * What became of those that were wanted, in one line.
   *
   * @param taken how many are in the store now
   */
  public static String takenIn(int taken, NightPlan plan) {
    return counted(taken)
        + (taken == 1 ? " that lies in " : " that lie in ")
        + plan.folder()
        + (taken == 1 ? " was not in " : " were not in ")
        + plan.store()
        + (taken == 1 ? " and was taken in" : " and were taken in");
  }

  /** Which nights stay out, and what to type so that they do not. */
  public List<String> notes(NightPlan plan) {
    List<String> out = new ArrayList<>();
    String command =
        "; 'drivemark store import "
            + plan.folder()
            + " --store "
            + plan.store()
            + "' takes all in that lie there";
    if (older > 0) {
      out.add(
          counted(older)
              + " in "
              + plan.folder()
              + (older == 1 ? " is" : " are")
              + " older than all that "
              + plan.store()
              + " has of this machine, and "
              + stays(older)
              + " as if pruned"
              + command);
    }
    if (elsewhere > 0) {
      out.add(
          counted(elsewhere)
              + " in "
              + plan.folder()
              + (elsewhere == 1 ? " is" : " are")
              + " of another machine, and "
              + stays(elsewhere)
              + command);
    }
    damaged.forEach(why -> out.add(notTakenIn(why)));
    return out;
  }

  /** The note of a night that cannot be taken in. */
  public static String notTakenIn(String why) {
    return "a night is not taken in: " + why;
  }

  private static String stays(int count) {
    return count == 1 ? "stays out" : "stay out";
  }

  private static String counted(int count) {
    return count + (count == 1 ? " night" : " nights");
  }
}
