package io.drivemark.eval.history.store;

import io.drivemark.eval.history.store.folder.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A process that takes nights in, once or again and again. */
public final class ImportMain {
  private ImportMain() {}

  /**
   * @param args {@code once} or {@code forever}, the store's address, the folder of nights, a seed
   */
  public static void main(String[] args) {
    List<Path> nights = new ArrayList<>(Folders.of(List.of(Path.of(args[2]))));
    Collections.shuffle(nights, new Random(Long.parseLong(args[3])));
    try (ResultStore store = ResultStore.open(StoreUrl.parse(args[1]), Optional.empty())) {
      System.out.println("open");
      if (args[0].equals("once")) {
        nights.forEach(store::add);
      } else {
        while (true) {
          for (Path night : nights) {
            store.rebuild(List.of(night));
            System.out.println("rebuilt");
          }
        }
      }
    }
  }
}
