package io.drivemark.cli;

import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.StoreUrl;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The store that a command works with. */
final class StoreOption {
  @Option(
      names = "--store",
      required = true,
      paramLabel = "URL",
      description = {
        "sqlite:FILE, or postgresql://[user@]host[:port]/database; a password is taken from the"
            + " environment variable "
            + StoreUrl.PASSWORD
            + " alone."
      })
  private String url;

  StoreUrl url() {
    return StoreUrl.parse(url);
  }

  static Optional<String> password() {
    return Optional.ofNullable(System.getenv(StoreUrl.PASSWORD));
  }

  /** Opens it; it must be there. */
  ResultStore open() {
    return ResultStore.open(url(), password());
  }

  /** Brings it to this program's schema, and says in how many steps. */
  int migrate() {
    return ResultStore.migrate(url(), password());
  }
}
