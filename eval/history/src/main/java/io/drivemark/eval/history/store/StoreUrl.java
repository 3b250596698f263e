package io.drivemark.eval.history.store;

import io.drivemark.problem.BadInputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a store is: {@code sqlite:FILE}, or {@code postgresql://[user@]host[:port]/database}.
 * Passwords stand in no address, since addresses are written into files and messages. Immutable.
 *
 * @param text as it was given
 * @param file of SQLite; empty for PostgreSQL
 * @param user of PostgreSQL, where the address says one
 * @param jdbc the address as drivers take it, without user and password
 */
public record StoreUrl(String text, Optional<Path> file, Optional<String> user, String jdbc) {
  /** The environment variable that holds the password of PostgreSQL. */
  public static final String PASSWORD = "DRIVEMARK_STORE_PASSWORD";

  private static final String SQLITE = "sqlite:";
  private static final Pattern POSTGRES =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^/@]*)@)?(?<host>[^/@?]+)/(?<database>[^/?]+)"
              + "(?<options>\\?.*)?");

  public StoreUrl {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(jdbc, "jdbc");
  }

  /**
   * Reads an address.
   *
   * @throws BadInputException if it is of another kind, or has a password
   */
  public static StoreUrl parse(String text) {
    if (text.startsWith(SQLITE)) {
      return sqlite(text);
    }
    Matcher matcher = POSTGRES.matcher(text);
    if (!matcher.matches()) {
      throw new BadInputException(
          "store '" + text + "': expected sqlite:FILE or postgresql://[user@]host[:port]/database");
    }
    String user = matcher.group("user");
    String options = Optional.ofNullable(matcher.group("options")).orElse("");
    if (user != null && user.contains(":") || options.matches(".*[?&]password=.*")) {
      throw new BadInputException(
          "store: the address has a password, which would end up in files and logs; leave it out and"
              + " set the environment variable "
              + PASSWORD);
    }
    return new StoreUrl(
        text,
        Optional.empty(),
        Optional.ofNullable(user).filter(name -> !name.isEmpty()),
        "jdbc:postgresql://" + matcher.group("host") + "/" + matcher.group("database") + options);
  }

  private static StoreUrl sqlite(String text) {
    String name = text.substring(SQLITE.length());
    try {
      if (!name.isEmpty() && !name.startsWith(":") && !name.contains("?")) {
        Path file = Path.of(name).toAbsolutePath().normalize();
        return new StoreUrl(text, Optional.of(file), Optional.empty(), "jdbc:sqlite:" + file);
      }
    } catch (InvalidPathException e) {
      throw new BadInputException("store '" + text + "': no file name: " + e.getReason(), e);
    }
    throw new BadInputException(
        "store '" + text + "': expected the name of a file behind sqlite:, without ? in it");
  }

  @Override
  public String toString() {
    return text;
  }
}
