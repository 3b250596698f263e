package io.drivemark.cli;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.store.ResultStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands have in common by which people say something of a night or an event. */
final class DecisionArguments {
  @Mixin private StoreOption store;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who says so; the name of the system's user if not given.")
  private String by;

  ResultStore open() {
    return store.open();
  }

  /**
   * Keeps what was said, and says where.
   *
   * @param what was said of what, for people
   */
  void keep(
      ResultStore open, PrintWriter out, Decision.Kind kind, String uid, String text, String what) {
    String name = by == null ? System.getProperty("user.name", "") : by;
    Optional<Path> file = open.decide(new Decision(kind, uid, text, name, Instant.now()));
    out.println(what + ", says " + name);
    out.println(
        file.map(path -> "kept in the store and in " + path)
            .orElse(
                "kept in the store alone: the night's folder is not at hand; 'drivemark store dump'"
                    + " makes a copy"));
  }
}
