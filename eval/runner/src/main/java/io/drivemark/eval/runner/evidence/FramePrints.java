package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.runner.inference.StoredDepth;
import io.drivemark.eval.runner.record.Prints;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The prints of a cell's judged frames as a file, one row a sample: what was predicted as a digest,
 * and how many pixels are fragile, empty where the network gives no scores of classes. Equal counts
 * do not prove equal predictions, equal prints do. Stateless.
 */
public final class FramePrints {
  /** Where it lies, below a cell's folder. */
  public static final String FILE = "evidence/prints.csv";

  private static final List<String> HEADER = List.of("sample", "print", "fragile");
  private static final int DIGITS = 16;

  private FramePrints() {}

  /**
   * A frame.
   *
   * @param print the first 16 hexadecimal digits of SHA-256 of the label map, one byte a pixel, row
   *     by row, void 255; of distances as their file holds them, two bytes a pixel, high byte first
   * @param fragile pixels at which another class's score lies less than 0.001 below the winner's
   */
  public record Print(String print, OptionalLong fragile) {}

  /** The print of a label map. */
  public static Print of(LabelMap prediction, OptionalLong fragile) {
    return new Print(digest(prediction.pixels()), fragile);
  }

  /** The print of distances, rounded as files hold them. */
  public static Print of(Depth prediction) {
    return new Print(digest(StoredDepth.raster(prediction)), OptionalLong.empty());
  }

  private static String digest(byte[] bytes) {
    MessageDigest sha = Digests.sha256();
    return Digests.hex(sha.digest(bytes)).substring(0, DIGITS);
  }

  /** Writes the file; frames in sample order. */
  public static void write(Path folder, Map<String, Print> frames) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    frames.forEach(
        (sample, print) ->
            rows.add(
                List.of(
                    sample,
                    print.print(),
                    print.fragile().isPresent()
                        ? Long.toString(print.fragile().getAsLong())
                        : "")));
    Csv.write(folder.resolve(FILE), rows);
  }

  /**
   * Reads the file back.
   *
   * @throws BadInputException if it is damaged
   */
  public static Map<String, Print> read(Path folder) {
    Path file = folder.resolve(FILE);
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(HEADER)) {
      throw new BadInputException(file + ": its columns are not " + String.join(",", HEADER));
    }
    Map<String, Print> out = new LinkedHashMap<>();
    for (int r = 1; r < rows.size(); r++) {
      List<String> row = rows.get(r);
      if (!row.get(1).matches("[0-9a-f]{" + DIGITS + "}")) {
        throw new BadInputException(
            file
                + ": row "
                + (r + 1)
                + ": found '"
                + row.get(1)
                + "', expected "
                + DIGITS
                + " hexadecimal digits");
      }
      OptionalLong fragile =
          row.get(2).isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(Csv.number(file, r, row.get(2)));
      if (out.put(row.get(0), new Print(row.get(1), fragile)) != null) {
        throw new BadInputException(file + ": sample " + row.get(0) + " has two rows");
      }
    }
    return out;
  }

  /**
   * What a record keeps of the prints of all frames, in their order.
   *
   * @param canary of the cell
   */
  public static Prints summary(String canary, Map<String, Print> frames) {
    StringBuilder text = new StringBuilder();
    frames.forEach(
        (sample, print) -> text.append(sample).append('\n').append(print.print()).append('\n'));
    boolean counted = frames.values().stream().allMatch(print -> print.fragile().isPresent());
    return new Prints(
        canary,
        Optional.of(Digests.of(text.toString()).substring(0, DIGITS)),
        counted
            ? OptionalLong.of(
                frames.values().stream().mapToLong(p -> p.fragile().getAsLong()).sum())
            : OptionalLong.empty());
  }
}
