package io.drivemark.datasets.verify;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a linter found in one split. Immutable.
 *
 * @param dataset the dataset's name
 * @param split the split
 * @param frames complete pairs that were looked at
 * @param goodFrames those of them without an error
 * @param findings errors and notes: first what is about the folders, then frame by frame, then
 *     about the split
 * @param classes what was counted of each class over the good frames, in index order
 * @param voidPixels pixels of no class over the good frames, unknown ones included
 * @param unknownPixels pixels of unknown value over the good frames, counted as void
 * @param sizes how many good frames have each size, by {@code HxW}
 * @param voids how void spreads over the good frames
 * @param decoded frames whose label values were read: all of them, fewer in a fast look
 */
public record VerifyReport(
    String dataset,
    String split,
    int frames,
    int goodFrames,
    List<Finding> findings,
    List<ClassCount> classes,
    long voidPixels,
    long unknownPixels,
    Map<String, Integer> sizes,
    VoidSpread voids,
    int decoded) {
  public VerifyReport {
    findings = List.copyOf(findings);
    classes = List.copyOf(classes);
    sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
  }

  /**
   * What was counted of one class.
   *
   * @param name the class
   * @param pixels its pixels
   * @param frames frames that have at least one
   */
  public record ClassCount(String name, long pixels, int frames) {}

  /**
   * The same reports, but what all splits say of the dataset's declaration is in the first alone.
   */
  public static List<VerifyReport> withoutRepeats(List<VerifyReport> reports) {
    Set<Finding> found = new HashSet<>();
    return reports.stream()
        .map(
            report ->
                report.with(
                    report.findings.stream()
                        .filter(f -> !f.kind().ofDeclaration() || found.add(f))
                        .toList()))
        .toList();
  }

  private VerifyReport with(List<Finding> others) {
    return new VerifyReport(
        dataset,
        split,
        frames,
        goodFrames,
        others,
        classes,
        voidPixels,
        unknownPixels,
        sizes,
        voids,
        decoded);
  }

  /** Whether the split cannot be used as it is. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(f -> f.kind().severity() == Finding.Severity.ERROR);
  }

  /** How many findings of each kind there are, in the order of the kinds. */
  public Map<Finding.Kind, Long> counts() {
    Map<Finding.Kind, Long> out = new EnumMap<>(Finding.Kind.class);
    findings.forEach(f -> out.merge(f.kind(), 1L, Long::sum));
    return out;
  }

  /** Pixels that were counted: all classes and void. */
  public long pixels() {
    return Math.addExact(classes.stream().mapToLong(ClassCount::pixels).sum(), voidPixels);
  }

  /** The share of void among all pixels, 0 to 1; 0 if nothing was counted. */
  public double voidShare() {
    return pixels() == 0 ? 0 : (double) voidPixels / pixels();
  }
}
