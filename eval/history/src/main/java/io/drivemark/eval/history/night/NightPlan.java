package io.drivemark.eval.history.night;

import io.drivemark.eval.history.judge.JudgeRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What every night does: the content of a {@code NIGHT.yaml} with its defaults. Immutable.
 *
 * @param source the file, for messages
 * @param study the study's file
 * @param variants the folder of the run that made the study's variants, which lie in {@code
 *     variants} below it; of no account for a study without
 * @param store where nights are remembered: {@code sqlite:FILE} or {@code postgresql://…}
 * @param folder where a folder for each night is made
 * @param budget how long a night may take
 * @param accuracy whether frames are judged anew
 * @param latency how speed is timed
 * @param rules by what is judged
 * @param pause between the last timing and a confirmation: what troubles the machine shall be over
 * @param pinned the night, or an annotation of it, that creeping is judged against
 * @param keep how long what is kept
 * @param write which formats are written beside {@code verdict.json}
 * @param notices who is told
 */
public record NightPlan(
    Path source,
    Path study,
    Path variants,
    String store,
    Path folder,
    Budget budget,
    Accuracy accuracy,
    Latency latency,
    JudgeRules rules,
    Duration pause,
    Optional<String> pinned,
    Keep keep,
    List<Format> write,
    List<Notice> notices) {

  /** The schema's name, required in every file. */
  public static final String SCHEMA = "drivemark-night/1";

  /** The pause where nothing is said. */
  public static final Duration USUAL_PAUSE = Duration.ofMinutes(10);

  /** Further processes where nothing is said: the median of three is taken. */
  public static final int USUAL_FORKS = 2;

  /**
   * The most of the load that is quiet where nothing is said: an idle system's own work stays well
   * below, one busy process of two threads of execution lies above.
   */
  public static final double QUIET_LOAD = 0.3;

  /** The most of a processor core that a foreign process may use where nothing is said. */
  public static final double QUIET_PROCESS = 0.2;

  /** Where what is unchanged is not judged anew, it is at the latest after a week. */
  public static final int USUAL_EVERY = 7;

  /** How long to wait for quiet where nothing is said: a job of the same hour may end. */
  public static final Duration USUAL_WAIT = Duration.ofMinutes(10);

  /**
   * How long a night may take.
   *
   * @param time from its start; when it is used up, nothing further is begun, and what was not
   *     measured is not judged, with this reason; empty = as long as it takes
   * @param first models that are measured before all others, in this order
   */
  public record Budget(Optional<Duration> time, List<String> first) {
    /** No limit, the study's order. */
    public static final Budget NONE = new Budget(Optional.empty(), List.of());

    public Budget {
      Objects.requireNonNull(time, "time");
      first = List.copyOf(first);
    }
  }

  /**
   * Whether frames are judged anew.
   *
   * @param changed whether a cell is judged anew only where its key, its canary, the machine or
   *     Drivemark is another than when it last was; else it is every night
   * @param every the most nights from one judgement to the next where that is so; at least 2
   */
  public record Accuracy(boolean changed, int every) {
    /** Every night. */
    public static final Accuracy ALWAYS = new Accuracy(false, USUAL_EVERY);

    public Accuracy {
      if (every < 2) {
        throw new IllegalArgumentException("every: at least 2 nights, found " + every);
      }
    }
  }

  /**
   * How speed is timed.
   *
   * @param forks further fresh processes that time all cells again, besides the study itself
   * @param ruler whether fixed work is timed before and after
   * @param quiet when the machine counts as quiet
   */
  public record Latency(int forks, boolean ruler, Quiet quiet) {
    public Latency {
      Objects.requireNonNull(quiet, "quiet");
      if (forks < 0) {
        throw new IllegalArgumentException("forks: at least 0, found " + forks);
      }
    }
  }

  /**
   * When the machine counts as quiet enough for timing.
   *
   * @param load the most of the one-minute load average, for each thread of execution
   * @param process the most of one processor core that a process of somebody else may use
   * @param patience how long to wait for it
   * @param governor what must set the processors' clocks; empty = anything
   */
  public record Quiet(double load, double process, Duration patience, Optional<String> governor) {
    /** What holds where nothing is said. */
    public static final Quiet USUAL =
        new Quiet(QUIET_LOAD, QUIET_PROCESS, USUAL_WAIT, Optional.empty());

    public Quiet {
      Objects.requireNonNull(patience, "patience");
      Objects.requireNonNull(governor, "governor");
      if (!(load > 0) || !(process > 0)) {
        throw new IllegalArgumentException("quiet: load " + load + ", process " + process);
      }
    }
  }

  /**
   * How many nights keep what; empty = for ever.
   *
   * @param nights their folders
   * @param pictures the pictures in them
   * @param evidence the counts and timed runs in them
   */
  public record Keep(OptionalInt nights, OptionalInt pictures, OptionalInt evidence) {
    /** Everything for ever. */
    public static final Keep ALL =
        new Keep(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** Whether anything is ever removed. */
    public boolean removesSomething() {
      return nights.isPresent() || pictures.isPresent() || evidence.isPresent();
    }
  }

  /** A view of the verdict. */
  public enum Format {
    /** {@code verdict.md}. */
    MARKDOWN("markdown"),
    /** {@code verdict.junit.xml}. */
    JUNIT("junit"),
    /** {@code github.txt}: annotations of a workflow. */
    GITHUB("github"),
    /** {@code verdict.sarif}. */
    SARIF("sarif");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    /** As in the file. */
    public String word() {
      return word;
    }
  }

  /** What is worth telling. */
  public enum Occasion {
    /** An event opened tonight. */
    OPENED("opened"),
    /** An event changed tonight. */
    CHANGED("changed"),
    /** An event was closed tonight. */
    CLOSED("closed"),
    /** Too little was judged. */
    UNJUDGED("unjudged"),
    /** Every night. */
    ALWAYS("always");

    private final String word;

    Occasion(String word) {
      this.word = word;
    }

    /** As in the file. */
    public String word() {
      return word;
    }
  }

  /**
   * A command that is given {@code verdict.json} on its standard input.
   *
   * @param on when
   * @param command the program and its arguments
   */
  public record Notice(List<Occasion> on, List<String> command) {
    public Notice {
      on = List.copyOf(on);
      command = List.copyOf(command);
    }
  }

  public NightPlan {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(study, "study");
    Objects.requireNonNull(variants, "variants");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(accuracy, "accuracy");
    Objects.requireNonNull(latency, "latency");
    Objects.requireNonNull(rules, "rules");
    Objects.requireNonNull(pause, "pause");
    Objects.requireNonNull(pinned, "pinned");
    Objects.requireNonNull(keep, "keep");
    write = List.copyOf(write);
    notices = List.copyOf(notices);
  }

  /**
   * Reads a file; paths in it are relative to its folder.
   *
   * @throws io.drivemark.problem.BadInputException with all problems of the file at once
   */
  public static NightPlan read(Path file) {
    return NightFile.read(file);
  }

  /** The same with another store. */
  public NightPlan withStore(String url) {
    return new NightPlan(
        source, study, variants, url, folder, budget, accuracy, latency, rules, pause, pinned, keep,
        write, notices);
  }
}
