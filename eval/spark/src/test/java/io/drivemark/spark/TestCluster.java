package io.drivemark.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster on loopback: a master and the workers a and b, each a process; executors are
 * processes of the workers. Only what it started is ended.
 */
final class TestCluster implements AutoCloseable {
  static final List<String> WORKERS = List.of("a", "b");
  static final String LOOPBACK = "127.0.0.1";

  private static final long PATIENCE_SECONDS = 60;

  /** What a worker says when the master knows it. */
  private static final String REGISTERED = "Successfully registered with master";

  private final Path folder;
  private final String url;
  private final Moods moods;
  private final Process master;
  private final Map<String, Process> workers = new LinkedHashMap<>();

  TestCluster(Path folder) {
    this.folder = folder;
    this.moods = new Moods(folder.resolve("moods"));
    moods.clear();
    int port = freePort();
    this.url = "spark://" + LOOPBACK + ":" + port;
    try {
      Files.createDirectories(folder.resolve("home/jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    master =
        start(
            "master",
            "",
            "org.apache.spark.deploy.master.Master",
            List.of("--host", LOOPBACK, "--port", Integer.toString(port), "--webui-port", "0"));
    await("a master", () -> isOpen(port));
    for (String name : WORKERS) {
      List<String> arguments = new ArrayList<>(List.of("--host", LOOPBACK, "--webui-port", "0"));
      arguments.addAll(List.of("--cores", "2", "--memory", "3g", "--work-dir"));
      arguments.addAll(List.of(folder.resolve("work-" + name).toString(), url));
      workers.put(
          name, start("worker-" + name, name, "org.apache.spark.deploy.worker.Worker", arguments));
    }
    // An application that finds one worker alone has both of its executors there for good.
    for (String name : WORKERS) {
      await("worker " + name, () -> log("worker-" + name).contains(REGISTERED));
    }
  }

  String url() {
    return url;
  }

  Moods moods() {
    return moods;
  }

  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** A process of Spark, as its scripts start it. */
  Process start(String log, String worker, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Ddrivemark.test.log=warn"));
    command.add("-Ddrivemark.test.log.worker=info");
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
    command.addAll(List.of("-cp", classPath(), main));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log + ".log").toFile());
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", folder.resolve("home").toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("SPARK_LOCAL_IP", LOOPBACK);
    environment.put("ORT_DISABLE_TELEMETRY", "1");
    environment.put("OPT_OUT_TRACKING", "true");
    if (!worker.isEmpty()) {
      environment.put(Moods.WORKER, worker);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a process has printed. */
  String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Settings of an application with one executor of one processor on each worker. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.driver.host", LOOPBACK);
    settings.put("spark.driver.bindAddress", LOOPBACK);
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.executor.memory", "700m");
    settings.put("spark.executor.cores", "1");
    settings.put("spark.cores.max", "2");
    settings.put("spark.executor.extraClassPath", classPath());
    settings.put(
        "spark.executor.extraJavaOptions", "-D" + Moods.FOLDER + "=" + folder.resolve("moods"));
    settings.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    settings.put("spark.scheduler.maxRegisteredResourcesWaitingTime", PATIENCE_SECONDS + "s");
    settings.put("spark.locality.wait", "0s");
    return settings;
  }

  /** Connects an application that repeats slow tasks, whose executors are there. */
  JavaSparkContext connect(SparkArguments arguments) {
    SparkConf conf = new SparkConf(false).setMaster(url);
    settings().forEach(conf::set);
    conf.set("spark.speculation", "true");
    conf.set("spark.speculation.interval", "50ms");
    conf.set("spark.speculation.quantile", "0.5");
    conf.set("spark.speculation.multiplier", "3");
    conf.set("spark.speculation.minTaskRuntime", "300ms");
    return new JavaSparkContext(SparkRun.conf(arguments, 1, conf));
  }

  /** Waits until both workers have an executor. */
  void awaitExecutors(JavaSparkContext spark) {
    int driverToo = 1 + WORKERS.size();
    await(
        "executors",
        () ->
            spark.sc().statusTracker().getExecutorInfos().length == driverToo
                && WORKERS.stream().allMatch(worker -> !executors(worker).isEmpty()));
  }

  /** The executors of a worker. */
  List<ProcessHandle> executors(String worker) {
    return workers.get(worker).children().filter(ProcessHandle::isAlive).toList();
  }

  void await(String what, BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!there.getAsBoolean()) {
      assertTrue(
          System.nanoTime() < end,
          () -> "no " + what + "\n" + log("master") + log("worker-a") + log("worker-b"));
      pause(50);
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    Collection<ProcessHandle> all = new ArrayList<>();
    workers.values().forEach(worker -> worker.descendants().forEach(all::add));
    workers.values().forEach(worker -> all.add(worker.toHandle()));
    all.add(master.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      process.onExit().join();
    }
  }
}
