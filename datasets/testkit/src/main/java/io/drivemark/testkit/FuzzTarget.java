package io.drivemark.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * A reader under test, inputs it accepts, and how to damage them. Immutable; each method gives a
 * copy.
 *
 * <pre>{@code
 * FuzzTarget.of("lists", bytes -> ListReader.read(bytes))
 *     .seed("a\nb\n").tokens("#", "../").mayThrow(BadInputException.class);
 * }</pre>
 */
public final class FuzzTarget {
  /** A reader: answers or throws. */
  @FunctionalInterface
  public interface Reader {
    /** Reads one input. */
    void read(byte[] input) throws Exception;
  }

  /** A reader of files. */
  @FunctionalInterface
  public interface FileReader {
    /** Reads one file. */
    void read(Path file) throws Exception;
  }

  /** A way to damage an input that knows its format. */
  @FunctionalInterface
  public interface Mutator {
    /** A damaged copy of an input; the input itself stays as it is. */
    byte[] mutate(byte[] input, SplittableRandom random);
  }

  private static final long DEFAULT_ALLOCATION = 512L << 20;
  private static final int DEFAULT_SIZE = 1 << 20;

  private final String name;
  private final Reader reader;
  private final List<byte[]> seeds;
  private final List<byte[]> tokens;
  private final List<Mutator> mutators;
  private final List<Class<? extends Throwable>> allowed;
  private final UnaryOperator<byte[]> repair;
  private final long mostAllocated;
  private final int mostBytes;

  private FuzzTarget(
      String name,
      Reader reader,
      List<byte[]> seeds,
      List<byte[]> tokens,
      List<Mutator> mutators,
      List<Class<? extends Throwable>> allowed,
      UnaryOperator<byte[]> repair,
      long mostAllocated,
      int mostBytes) {
    this.name = name;
    this.reader = reader;
    this.seeds = List.copyOf(seeds);
    this.tokens = List.copyOf(tokens);
    this.mutators = List.copyOf(mutators);
    this.allowed = List.copyOf(allowed);
    this.repair = repair;
    this.mostAllocated = mostAllocated;
    this.mostBytes = mostBytes;
  }

  /**
   * A reader of bytes.
   *
   * @param name a short name that can be a folder's: kept inputs lie in the resources {@code
   *     fuzz/NAME}
   */
  public static FuzzTarget of(String name, Reader reader) {
    return new FuzzTarget(
        name,
        reader,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        DEFAULT_ALLOCATION,
        DEFAULT_SIZE);
  }

  /**
   * A reader of files: each input is written to a file of its own kind in a temporary folder first.
   *
   * @param file the file's name, for example {@code study.yaml}
   */
  public static FuzzTarget ofFile(String name, String file, FileReader reader) {
    Path path = temporary(name).resolve(file);
    return of(
        name,
        input -> {
          Files.write(path, input);
          reader.read(path);
        });
  }

  private static Path temporary(String name) {
    try {
      Path folder = Files.createTempDirectory("fuzz-" + name);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path folder) {
    try (var all = Files.walk(folder)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
    } catch (IOException e) {
      System.err.println(folder + ": cannot be removed: " + e);
    }
  }

  /** One more input that the reader accepts. */
  public FuzzTarget seed(byte[] input) {
    return new FuzzTarget(
        name,
        reader,
        with(seeds, input.clone()),
        tokens,
        mutators,
        allowed,
        repair,
        mostAllocated,
        mostBytes);
  }

  /** One more text that the reader accepts. */
  public FuzzTarget seed(String input) {
    return seed(input.getBytes(StandardCharsets.UTF_8));
  }

  /** Pieces of the format that are written into inputs. */
  public FuzzTarget tokens(String... more) {
    FuzzTarget out = this;
    for (String token : more) {
      out = out.token(token.getBytes(StandardCharsets.UTF_8));
    }
    return out;
  }

  /** One more piece of the format that is written into inputs. */
  public FuzzTarget token(byte[] token) {
    return new FuzzTarget(
        name,
        reader,
        seeds,
        with(tokens, token.clone()),
        mutators,
        allowed,
        repair,
        mostAllocated,
        mostBytes);
  }

  /** One more way to damage an input, used as often as the built-in ones together. */
  public FuzzTarget mutator(Mutator mutator) {
    return new FuzzTarget(
        name,
        reader,
        seeds,
        tokens,
        with(mutators, mutator),
        allowed,
        repair,
        mostAllocated,
        mostBytes);
  }

  /**
   * What makes a damaged input whole where the format guards itself, for example a checksum
   * computed anew; used on half of the inputs, so that damage reaches what lies behind the guard.
   */
  public FuzzTarget repair(UnaryOperator<byte[]> repairs) {
    return new FuzzTarget(
        name, reader, seeds, tokens, mutators, allowed, repairs, mostAllocated, mostBytes);
  }

  /** A way in which the reader may refuse an input; its subclasses included. */
  public FuzzTarget mayThrow(Class<? extends Throwable> type) {
    return new FuzzTarget(
        name,
        reader,
        seeds,
        tokens,
        mutators,
        with(allowed, type),
        repair,
        mostAllocated,
        mostBytes);
  }

  /** The most bytes that reading one input may allocate in all; 512 MiB unless changed. */
  public FuzzTarget mostAllocated(long bytes) {
    return new FuzzTarget(name, reader, seeds, tokens, mutators, allowed, repair, bytes, mostBytes);
  }

  /** The size above which inputs are cut; 1 MiB unless changed. */
  public FuzzTarget mostBytes(int bytes) {
    return new FuzzTarget(
        name, reader, seeds, tokens, mutators, allowed, repair, mostAllocated, bytes);
  }

  String name() {
    return name;
  }

  Reader reader() {
    return reader;
  }

  List<byte[]> seeds() {
    return seeds;
  }

  List<byte[]> tokens() {
    return tokens;
  }

  List<Mutator> mutators() {
    return mutators;
  }

  Optional<UnaryOperator<byte[]>> repair() {
    return Optional.ofNullable(repair);
  }

  long mostAllocated() {
    return mostAllocated;
  }

  int mostBytes() {
    return mostBytes;
  }

  boolean allows(Throwable thrown) {
    return allowed.stream().anyMatch(type -> type.isInstance(thrown));
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> out = new ArrayList<>(list);
    out.add(more);
    return out;
  }
}
