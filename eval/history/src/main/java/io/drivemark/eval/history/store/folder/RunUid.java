package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.store.folder.RunFacts.CellFacts;
import io.drivemark.eval.history.store.folder.RunFacts.Kind;
import io.drivemark.files.Digests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells a run from all others: the digest of what it measured on which machine. A run that is
 * repeated and finds all its cells finished measures nothing and keeps its uid, though its results
 * are written anew with other times of day; so does a folder that is moved. Only where nothing was
 * timed, and so nothing of it could happen just once, does the time of day count as well.
 * Stateless.
 */
final class RunUid {
  /** Hexadecimal digits of digests in a store. */
  static final int DIGITS = 32;

  private RunUid() {}

  static String of(
      Kind kind, int number, Instant started, MachineKey machine, List<CellFacts> cells) {
    List<String> lines = new ArrayList<>();
    boolean timed = false;
    for (CellFacts cell : cells) {
      timed |= !cell.timings().isEmpty();
      lines.add(cell.series().digest() + "=" + cell.evidence().orElse("-"));
    }
    lines.sort(null);
    String when = timed ? "" : started.toString();
    String text =
        String.join(
            "\n",
            "drivemark-uid/1",
            kind.word(),
            Integer.toString(number),
            machine.digest(),
            when,
            String.join("\n", lines));
    return Digests.of(text).substring(0, DIGITS);
  }
}
