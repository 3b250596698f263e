package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Removes what is kept no longer: pictures first, then evidence, then nights whole, from their
 * folders and from the store. What people said stays. Stateless.
 */
final class Pruning {
  private static final String CELLS = "cells";

  private Pruning() {}

  /** Removes what is older than so many nights of the store. */
  static void of(NightPlan.Keep keep, ResultStore store) {
    List<HistoryView.NightLine> nights = store.nights();
    List<String> gone = new ArrayList<>();
    for (int i = 0; i < nights.size(); i++) {
      int age = nights.size() - i;
      Path folder = Path.of(nights.get(i).folder());
      if (isOver(keep.nights(), age)) {
        delete(folder);
        gone.add(nights.get(i).ref().uid());
        continue;
      }
      for (Path cell : cells(folder)) {
        if (isOver(keep.pictures(), age)) {
          delete(cell.resolve("pictures"));
        }
        if (isOver(keep.evidence(), age)) {
          delete(cell.resolve("evidence"));
        }
      }
    }
    if (!gone.isEmpty()) {
      store.forget(gone);
    }
  }

  private static boolean isOver(OptionalInt nights, int age) {
    return nights.isPresent() && age > nights.getAsInt();
  }

  private static List<Path> cells(Path night) {
    Path cells = night.resolve(CELLS);
    if (!Files.isDirectory(cells)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(cells)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UnavailableException(cells + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UnavailableException(tree + ": cannot be removed: " + e.getMessage(), e);
    }
  }
}
