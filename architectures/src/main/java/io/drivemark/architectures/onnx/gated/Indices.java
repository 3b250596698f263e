package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Writes index arithmetic, each value once. Not thread-safe. */
final class Indices {
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

  private final Edited to;
  private final Map<String, String> made = new HashMap<>();

  Indices(Edited to) {
    this.to = to;
  }

  Edited to() {
    return to;
  }

  private String once(String key, Supplier<String> writes) {
    String value = made.get(key);
    if (value == null) {
      value = writes.get();
      made.put(key, value);
    }
    return value;
  }

  /**
   * The live pieces of a site: of the units whose logit is above 0, and of those with the largest.
   * All are live where logits are no numbers. So there is always one, for an empty gather kills the
   * process.
   *
   * @param pieceToUnit the unit of each piece
   */
  Live live(Narrowing.Site site, int[] pieceToUnit, int piece) {
    String at = site.name();
    int units = Arrays.stream(pieceToUnit).max().orElseThrow() + 1;
    String flat = to.reshape(at + "/logits", site.logits(), units);
    String most = to.op("ReduceMax", at + "/most", List.of(flat), Edited.integer("keepdims", 1));
    String negative = to.op("LessOrEqual", at + "/negative", List.of(flat, to.zeros()));
    String less = to.op("Less", at + "/less", List.of(flat, most));
    String dark = to.op("And", at + "/dark", List.of(negative, less));
    String live = to.op("Not", at + "/live", List.of(dark));
    String numbers = to.op("Cast", at + "/numbers", List.of(live), Edited.integer("to", FLOAT));
    to.named("Reshape", site.gates(), List.of(numbers, to.vector(1, units, 1, 1)));
    int[] each = IntStream.range(0, units).toArray();
    if (!Arrays.equals(each, pieceToUnit)) {
      long[] numbered = Arrays.stream(pieceToUnit).asLongStream().toArray();
      live = to.gather(at + "/pieces", live, to.vector(numbered), 0);
    }
    String index = to.op("NonZero", at + "/index", List.of(live));
    return new Live(index, piece, pieceToUnit.length * piece);
  }

  /** The index as a column [K, 1]. */
  String column(Live live) {
    return once(
        "column " + live.index(), () -> to.reshape(live.index() + ".column", live.index(), -1, 1));
  }

  /** The number of live channels, int64 [1]. */
  String count(Live live) {
    return once(
        "count " + live.index() + live.piece(),
        () -> {
          String pieces =
              to.op(
                  "Shape",
                  live.index() + ".count",
                  List.of(live.index()),
                  Edited.integer("start", 1));
          return live.piece() == 1
              ? pieces
              : to.op("Mul", live.index() + ".channels", List.of(pieces, to.vector(live.piece())));
        });
  }

  /** The same channels in pieces of another size that divides this one. */
  Live inPiecesOf(Live live, int piece) {
    if (live.piece() == piece) {
      return live;
    }
    int parts = live.piece() / piece;
    String index =
        once(
            "split " + live.index() + parts,
            () -> {
              String first =
                  to.op("Mul", live.index() + ".first", List.of(column(live), to.vector(parts)));
              String all =
                  to.op(
                      "Add",
                      live.index() + ".parts",
                      List.of(first, to.vector(LongStream.range(0, parts).toArray())));
              return to.reshape(live.index() + ".by" + piece, all, 1, -1);
            });
    return new Live(index, piece, live.channels());
  }

  /** Numbers of the pieces of a grid [rows, columns], row by row: int64 [K rows, K columns]. */
  String grid(Live rows, Live columns) {
    String key = "rows " + rows.index() + columns.pieces();
    String first =
        once(
            key,
            () ->
                to.op(
                    "Mul",
                    rows.index() + ".rows",
                    List.of(column(rows), to.vector(columns.pieces()))));
    return once(
        "grid " + rows.index() + " " + columns.index(),
        () -> to.op("Add", rows.index() + ".grid", List.of(first, columns.index())));
  }

  /** Entries of a stored vector, one a channel, that are live: [live channels]. */
  String entries(String vector, Live live) {
    String data = to.viewed(vector, live.pieces(), live.piece());
    return to.reshape(vector, to.gather(vector, data, live.index(), 0), -1);
  }

  /**
   * A narrow map of one pixel, [1, K, 1, 1], at full width [1, C, 1, 1]: the value of this name.
   */
  void fullPoint(String map, Live live, String name) {
    String zeros = to.zeros(live.pieces(), live.piece());
    String parts = to.reshape(map + ".live", map, -1, live.piece());
    String spread = to.op("ScatterND", map + ".spread", List.of(zeros, column(live), parts));
    to.named("Reshape", name, List.of(spread, to.vector(1, live.channels(), 1, 1)));
  }

  /** A narrow map [1, K, H, W] at full width, zeros where it was not live. */
  String full(String map, Live live) {
    return once(
        "full " + map,
        () -> {
          String size = to.op("Shape", map + ".size", List.of(map), Edited.integer("start", 2));
          String pieces =
              to.op(
                  "Concat",
                  map + ".cut",
                  List.of(to.vector(-1, live.piece()), size),
                  Edited.integer("axis", 0));
          String whole =
              to.op(
                  "Concat",
                  map + ".whole",
                  List.of(to.vector(live.pieces(), live.piece()), size),
                  Edited.integer("axis", 0));
          String shape =
              to.op(
                  "Concat",
                  map + ".shape",
                  List.of(to.vector(1, live.channels()), size),
                  Edited.integer("axis", 0));
          String zeros = to.op("ConstantOfShape", map + ".zeros", List.of(whole));
          String parts = to.op("Reshape", map + ".live", List.of(map, pieces));
          String spread = to.op("ScatterND", map + ".spread", List.of(zeros, column(live), parts));
          return to.op("Reshape", map + ".full", List.of(spread, shape));
        });
  }
}
