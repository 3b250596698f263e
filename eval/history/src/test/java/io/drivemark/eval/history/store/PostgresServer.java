package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL server for tests: a cluster of its own in a temporary folder, on loopback, made
 * when the first test asks for it and gone after the last. The server refuses to run as root, so
 * then it runs as the user postgres, which its package makes. Where it is not installed, tests are
 * skipped with a message; where {@code CI=true} they fail.
 */
final class PostgresServer implements BeforeAllCallback {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private Cluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(PostgresServer.class));
    cluster = store.getOrComputeIfAbsent("cluster", key -> Cluster.started(), Cluster.class);
    if (cluster.missing != null) {
      if ("true".equals(System.getenv("CI"))) {
        fail(cluster.missing);
      }
      Assumptions.abort(cluster.missing);
    }
  }

  /** The address of an empty store: a schema of its own. */
  StoreUrl empty() throws SQLException {
    String schema = "s" + SCHEMAS.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + cluster.port + "/postgres", "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    }
    return StoreUrl.parse(
        "postgresql://postgres@127.0.0.1:" + cluster.port + "/postgres?currentSchema=" + schema);
  }

  /** A running server, or why there is none. */
  static final class Cluster implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final String missing;
    private final Path bin;
    private final Path folder;
    private final int port;

    private Cluster(String missing, Path bin, Path folder, int port) {
      this.missing = missing;
      this.bin = bin;
      this.folder = folder;
      this.port = port;
    }

    static Cluster started() {
      try {
        Path bin = binaries();
        if (bin == null) {
          return new Cluster(
              "PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/initdb), so nothing is known"
                  + " of stores in it; install Debian's package postgresql",
              null,
              null,
              0);
        }
        Path folder = Files.createTempDirectory("drivemark-postgres");
        if (isRoot()) {
          run(List.of("chown", "postgres", folder.toString()));
        }
        String data = folder.resolve("data").toString();
        asServer(
            List.of(
                bin.resolve("initdb").toString(),
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync"));
        return new Cluster(null, bin, folder, serving(bin, folder, data));
      } catch (IOException e) {
        throw new IllegalStateException("PostgreSQL for tests cannot be started", e);
      }
    }

    /** Starts it on a free port: on another one where a third program took that meanwhile. */
    private static int serving(Path bin, Path folder, String data) throws IOException {
      IOException failed = null;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int port = freePort();
        try {
          asServer(
              List.of(
                  bin.resolve("pg_ctl").toString(),
                  "-D",
                  data,
                  "-w",
                  "-t",
                  "300",
                  "-l",
                  folder.resolve("log").toString(),
                  "-o",
                  "-F -h 127.0.0.1 -p " + port + " -k " + folder,
                  "start"));
          return port;
        } catch (IOException e) {
          failed = e;
        }
      }
      throw failed;
    }

    private static Path binaries() throws IOException {
      Path all = Path.of("/usr/lib/postgresql");
      if (!Files.isDirectory(all)) {
        return null;
      }
      try (Stream<Path> versions = Files.list(all)) {
        return versions
            .map(version -> version.resolve("bin"))
            .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
            .max(Path::compareTo)
            .orElse(null);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    private static boolean isRoot() {
      return "root".equals(System.getProperty("user.name"));
    }

    private static void asServer(List<String> command) throws IOException {
      List<String> all = new ArrayList<>();
      if (isRoot()) {
        all.addAll(List.of("runuser", "-u", "postgres", "--"));
      }
      all.addAll(command);
      run(all);
    }

    private static void run(List<String> command) throws IOException {
      Path output = Files.createTempFile("drivemark-postgres", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(Path.of("/tmp").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      Process process = builder.start();
      try {
        if (process.waitFor() != 0) {
          throw new IOException(
              String.join(" ", command) + ": " + Files.readString(output, StandardCharsets.UTF_8));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      } finally {
        Files.delete(output);
      }
    }

    @Override
    public void close() throws IOException {
      if (missing != null) {
        return;
      }
      asServer(
          List.of(
              bin.resolve("pg_ctl").toString(),
              "-D",
              folder.resolve("data").toString(),
              "-m",
              "immediate",
              "stop"));
      asServer(List.of("rm", "-rf", folder.resolve("data").toString()));
      asServer(List.of("rm", "-f", folder.resolve("log").toString()));
      Files.deleteIfExists(folder);
    }
  }
}
