package io.drivemark.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads kept, valid and damaged inputs one after another on a thread of its own, while another
 * watches the time. A finding is an exception or error that the target does not allow, a hang, or
 * more memory taken than allowed; of several with one cause the first is kept. A hang ends the run.
 */
final class FuzzRun {
  /** Processor time after which an input counts as a hang. */
  static final Duration HANG = Duration.ofSeconds(5);

  /** Time by the clock after which an input counts as a hang, whatever else the machine does. */
  static final Duration STUCK = Duration.ofSeconds(60);

  private static final int MOST_FINDINGS = 20;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private record Current(String origin, byte[] input, long startNanos, long startProcessorNanos) {}

  private final FuzzTarget target;
  private final Map<String, byte[]> kept;
  private final Mutations mutations;
  private final long seed;
  private final Duration time;
  private final Duration hang;
  private final Map<String, FuzzFinding> findings = new LinkedHashMap<>();
  private final AtomicReference<Current> current = new AtomicReference<>();
  private volatile long read;

  FuzzRun(FuzzTarget target, Map<String, byte[]> kept, long seed, Duration time, Duration hang) {
    List<byte[]> corpus = new ArrayList<>(target.seeds());
    corpus.addAll(kept.values());
    if (corpus.isEmpty()) {
      throw new IllegalArgumentException(target.name() + ": no input to begin with");
    }
    this.target = target;
    this.kept = kept;
    this.seed = seed;
    this.mutations = new Mutations(target, corpus, seed);
    this.time = time;
    this.hang = hang;
  }

  /** How many inputs were read. */
  long count() {
    return read;
  }

  /** Runs to the end of the time and gives what was found. */
  Collection<FuzzFinding> run() {
    Thread reader = new Thread(this::readAll, "fuzz-" + target.name());
    reader.setDaemon(true);
    reader.start();
    try {
      while (reader.isAlive()) {
        reader.join(50);
        Current now = current.get();
        if (now != null && hangs(reader, now)) {
          List<FuzzFinding> all = new ArrayList<>(copy());
          all.add(hung(reader, now));
          return all;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return copy();
  }

  private Collection<FuzzFinding> copy() {
    synchronized (findings) {
      return List.copyOf(findings.values());
    }
  }

  private boolean hangs(Thread reader, Current now) {
    long processor = THREADS.getThreadCpuTime(reader.getId());
    return processor - now.startProcessorNanos() > hang.toNanos()
        || System.nanoTime() - now.startNanos() > STUCK.toNanos();
  }

  private FuzzFinding hung(Thread reader, Current now) {
    Throwable where = new Throwable("still reading after " + hang.toSeconds() + " s");
    where.setStackTrace(reader.getStackTrace());
    FuzzFinding finding = FuzzFinding.thrown(where, now.origin(), now.input());
    return new FuzzFinding("hang", finding.origin(), finding.what(), finding.input());
  }

  private void readAll() {
    long end = System.nanoTime() + time.toNanos();
    kept.forEach((file, input) -> one("kept input " + file, input));
    for (int i = 0; i < target.seeds().size(); i++) {
      valid("valid input " + i, target.seeds().get(i));
    }
    for (long i = 0; System.nanoTime() < end && enough(); i++) {
      one("seed " + seed + ", input " + i, mutations.input(i));
    }
  }

  private boolean enough() {
    synchronized (findings) {
      return findings.size() < MOST_FINDINGS;
    }
  }

  /** A valid input has to be read; a corpus that a reader refuses tests nothing. */
  private void valid(String origin, byte[] input) {
    Throwable thrown = read(origin, input);
    if (thrown != null) {
      found(FuzzFinding.thrown(thrown, origin + " is refused", input));
    }
  }

  private void one(String origin, byte[] input) {
    Throwable thrown = read(origin, input);
    if (thrown != null && !target.allows(thrown)) {
      found(FuzzFinding.thrown(thrown, origin, input));
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes the count
  private Throwable read(String origin, byte[] input) {
    Thread self = Thread.currentThread();
    long allocated = THREADS.getThreadAllocatedBytes(self.getId());
    current.set(
        new Current(origin, input, System.nanoTime(), THREADS.getThreadCpuTime(self.getId())));
    Throwable thrown = null;
    try {
      target.reader().read(input.clone());
    } catch (Throwable e) {
      thrown = e;
    }
    current.set(null);
    read++;
    long bytes = THREADS.getThreadAllocatedBytes(self.getId()) - allocated;
    if (bytes > target.mostAllocated()) {
      found(
          new FuzzFinding(
              "memory",
              origin,
              "reading "
                  + input.length
                  + " bytes allocated "
                  + (bytes >> 20)
                  + " MiB, allowed are "
                  + (target.mostAllocated() >> 20),
              input));
    }
    return thrown;
  }

  private void found(FuzzFinding finding) {
    synchronized (findings) {
      findings.putIfAbsent(finding.kind(), finding);
    }
  }

  /**
   * What was found as one message, each input written to {@code FOLDER/NAME}; empty for nothing.
   */
  static String report(FuzzTarget target, Collection<FuzzFinding> findings, Path folder)
      throws IOException {
    StringBuilder out = new StringBuilder();
    for (FuzzFinding finding : findings) {
      out.append(target.name()).append(": ").append(finding.origin()).append('\n');
      out.append("  kept as ").append(finding.write(folder.resolve(target.name()))).append('\n');
      out.append("  ").append(finding.what().replace("\n", "\n  ")).append('\n');
    }
    return out.toString();
  }
}
