package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreUrlTest {
  private static final String PASSWORD =
      "store: the address has a password, which would end up in files and logs; leave it out and set"
          + " the environment variable DRIVEMARK_STORE_PASSWORD";

  @TempDir Path folder;

  @Test
  void addressesOfServersAreTakenApart() {
    StoreUrl url = StoreUrl.parse("postgresql://ada@db.example:5433/nights?sslmode=require");
    assertEquals("jdbc:postgresql://db.example:5433/nights?sslmode=require", url.jdbc());
    assertEquals(Optional.of("ada"), url.user());
    assertEquals(Optional.empty(), url.file());
    assertEquals(Optional.empty(), StoreUrl.parse("postgres://db/nights").user());
  }

  @Test
  void fileNamesAreMadeAbsolute() {
    assertEquals(
        Optional.of(Path.of("nights/history.db").toAbsolutePath()),
        StoreUrl.parse("sqlite:nights/history.db").file());
  }

  @Test
  void passwordsAreRefused() {
    for (String text :
        List.of("postgresql://ada:secret@db/nights", "postgresql://db/nights?a=b&password=x")) {
      refused(PASSWORD, text);
    }
  }

  @Test
  void othersAreRefused() {
    refused(
        "store 'mysql://db/nights': expected sqlite:FILE or"
            + " postgresql://[user@]host[:port]/database",
        "mysql://db/nights");
    refused(
        "store 'sqlite:': expected the name of a file behind sqlite:, without ? in it", "sqlite:");
    refused(
        "store 'sqlite::memory:': expected the name of a file behind sqlite:, without ? in it",
        "sqlite::memory:");
  }

  private static void refused(String message, String text) {
    assertEquals(
        message, assertThrows(BadInputException.class, () -> StoreUrl.parse(text)).getMessage());
  }

  @Test
  void aStoreThatIsNotThereSaysHowToMakeIt() {
    StoreUrl url = StoreUrl.parse("sqlite:" + folder.resolve("a.db"));
    BadInputException thrown =
        assertThrows(BadInputException.class, () -> ResultStore.open(url, Optional.empty()));
    assertEquals(
        "store "
            + url
            + ": there is no such file; 'drivemark store init --store "
            + url
            + "' makes an empty store",
        thrown.getMessage());
    assertFalse(Files.exists(folder.resolve("a.db")), "it was not made");
  }

  @Test
  void aServerThatIsNotThereIsNoFaultOfTheUser() {
    StoreUrl url = StoreUrl.parse("postgresql://127.0.0.1:1/nights");
    UnavailableException thrown =
        assertThrows(UnavailableException.class, () -> ResultStore.open(url, Optional.empty()));
    assertEquals(
        "store postgresql://127.0.0.1:1/nights: cannot be reached: Connection to 127.0.0.1:1"
            + " refused. Check that the hostname and port are correct and that the postmaster is"
            + " accepting TCP/IP connections. (no password is set in DRIVEMARK_STORE_PASSWORD)",
        thrown.getMessage());
  }

  @Test
  void whatIsNoDatabaseIsNotTouched() throws IOException {
    Path file = folder.resolve("notes.txt");
    Files.writeString(
        file, "not a database, and longer than the header of one would be\n".repeat(9));
    String before = Files.readString(file);
    StoreUrl url = StoreUrl.parse("sqlite:" + file);
    UnavailableException thrown =
        assertThrows(
            UnavailableException.class, () -> ResultStore.openOrInit(url, Optional.empty()));
    assertTrue(thrown.getMessage().contains("file is not a database"), thrown.getMessage());
    assertEquals(before, Files.readString(file));
  }

  @Test
  void aWriteAheadLogIsForLocalFileSystemsAlone() {
    for (String local : List.of("ext4", "xfs", "overlay", "tmpfs", "NTFS", "apfs")) {
      assertTrue(Sqlite.isLocal(local), local);
    }
    for (String shared : List.of("nfs", "nfs4", "cifs", "9p", "fuse.sshfs", "lustre", "virtiofs")) {
      assertFalse(Sqlite.isLocal(shared), shared);
    }
  }
}
