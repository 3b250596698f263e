package io.drivemark.eval.history.store;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.folder.RunFacts.Kind;
import io.drivemark.eval.history.store.folder.RunFolder;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is kept of nights that are old: pictures go first, then evidence, then nights whole. What
 * people ran by themselves is never touched, nor is a folder that the store does not know. A night
 * goes whole only after all of the store was dumped. What people said stays. Immutable.
 *
 * @param pictures how many nights keep their pictures; all where empty
 * @param evidence how many keep counts and timed runs, by which numbers can be derived again
 * @param nights how many stay at all
 */
public record Retention(OptionalInt pictures, OptionalInt evidence, OptionalInt nights) {
  public Retention {
    int seen = 1;
    for (OptionalInt count : List.of(pictures, evidence, nights)) {
      if (count.isPresent() && count.getAsInt() < seen) {
        throw new BadInputException(
            "prune: found pictures of "
                + words(pictures)
                + ", evidence of "
                + words(evidence)
                + ", nights "
                + words(nights)
                + "; each is at least 1, and none less than the one before it: pictures go first,"
                + " nights last");
      }
      seen = count.orElse(seen);
    }
  }

  private static String words(OptionalInt count) {
    return count.isPresent() ? Integer.toString(count.getAsInt()) : "all";
  }

  /**
   * What goes.
   *
   * @param paths files and folders to remove, those of the oldest night first
   * @param nights uids of nights that go whole
   * @param homes folders in which nights lie of which something goes
   * @param absent how many nights go whole of which there is no folder here
   */
  public record Plan(List<Path> paths, List<String> nights, Set<Path> homes, int absent) {
    public Plan {
      paths = List.copyOf(paths);
      nights = List.copyOf(nights);
      homes = Set.copyOf(homes);
    }
  }

  /** What would go of a store's nights; removes nothing. */
  public Plan plan(ResultStore store) {
    return plan(store.nights(), Set.of());
  }

  /**
   * What would go of some nights; removes nothing. Those of each machine are counted by themselves:
   * a night elsewhere makes none older here. Nor is a folder touched in which another machine's
   * night lies: those of a team have the same names.
   *
   * @param nights in their order
   * @param spared uids of nights that keep all they have
   */
  public Plan plan(List<NightLine> nights, Set<String> spared) {
    List<NightLine> all = nights.stream().filter(n -> n.kind().equals(Kind.NIGHT.word())).toList();
    int[] newer = newer(all);
    List<Path> paths = new ArrayList<>();
    List<String> whole = new ArrayList<>();
    Set<Path> homes = new TreeSet<>();
    int absent = 0;
    for (int i = 0; i < all.size(); i++) {
      if (spared.contains(all.get(i).ref().uid())) {
        continue;
      }
      Path folder = Path.of(all.get(i).folder());
      List<Path> going = going(folder, newer[i]);
      if (!going.isEmpty() && RunFolder.isOfAnother(folder, all.get(i).machine().digest())) {
        going = List.of();
      }
      if (isOver(this.nights, newer[i])) {
        whole.add(all.get(i).ref().uid());
        absent += going.isEmpty() ? 1 : 0;
      }
      if (!going.isEmpty()) {
        paths.addAll(going);
        homes.add(folder.toAbsolutePath().getParent());
      }
    }
    return new Plan(paths, whole, homes, absent);
  }

  /** What goes of a night's folder. */
  private List<Path> going(Path folder, int newer) {
    List<Path> out = new ArrayList<>();
    if (isOver(nights, newer)) {
      add(out, folder);
      return out;
    }
    if (isOver(evidence, newer)) {
      again(folder).forEach(file -> add(out, file));
    }
    for (Path cell : cells(folder)) {
      if (isOver(pictures, newer)) {
        add(out, cell.resolve("pictures"));
      }
      if (isOver(evidence, newer)) {
        add(out, cell.resolve("evidence"));
        latencies(cell).forEach(file -> add(out, file));
      }
    }
    return out;
  }

  /** How many newer nights of its machine each night has. */
  private static int[] newer(List<NightLine> nights) {
    Map<MachineKey, Integer> counts = new HashMap<>();
    int[] out = new int[nights.size()];
    for (int i = out.length - 1; i >= 0; i--) {
      out[i] = counts.merge(nights.get(i).machine(), 1, Integer::sum) - 1;
    }
    return out;
  }

  /** The timed runs of a night's further processes. */
  private static List<Path> again(Path night) {
    NightFolder folder = new NightFolder(night);
    return Stream.of(NightFolder.FORKS, NightFolder.CONFIRM)
        .flatMap(kind -> folder.finished(kind).stream())
        .flatMap(process -> cells(process).stream())
        .flatMap(cell -> latencies(cell).stream())
        .toList();
  }

  /**
   * Removes what a plan says.
   *
   * @param dump where the store is dumped to before nights go whole
   * @throws BadInputException if nights would go whole and there is no dump
   */
  public static void apply(ResultStore store, Plan plan, Optional<Path> dump) {
    if (!plan.nights().isEmpty()) {
      Path file =
          dump.orElseThrow(
              () ->
                  new BadInputException(
                      "prune: "
                          + Counted.of(plan.nights().size(), "night")
                          + " would go whole, and nothing else has their numbers; say by"
                          + " --dump FILE where the store is written to before"));
      store.dump(file);
    }
    plan.paths().forEach(Retention::delete);
    store.forget(plan.nights());
  }

  private static boolean isOver(OptionalInt kept, int newer) {
    return kept.isPresent() && newer >= kept.getAsInt();
  }

  private static void add(List<Path> paths, Path path) {
    if (Files.exists(path)) {
      paths.add(path);
    }
  }

  private static List<Path> cells(Path night) {
    return list(night.resolve("cells")).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> latencies(Path cell) {
    return list(cell).stream()
        .filter(file -> file.getFileName().toString().matches("latency.*\\.csv"))
        .toList();
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UnavailableException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UnavailableException(tree + ": cannot be removed: " + e.getMessage(), e);
    }
  }
}
