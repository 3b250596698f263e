package io.drivemark.reports.board;

import io.drivemark.eval.decide.Yardstick;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What boards are called beside each other. Stateless. */
public final class BoardTitles {
  private BoardTitles() {}

  /**
   * The dataset and split; where boards of several tasks stand together, also the task; where
   * several are called so, what tells them apart: how fast pictures come, how many frames, the
   * rules, or a digest of the frames.
   *
   * @param all the boards that stand together, this one among them
   */
  public static String of(Board board, List<Board> all) {
    String title = withTask(board, all);
    List<Board> alike = all.stream().filter(b -> withTask(b, all).equals(title)).toList();
    if (alike.size() < 2) {
      return title;
    }
    List<Function<Board, String>> ways =
        List.of(BoardTitles::pace, BoardTitles::frames, BoardTitles::protocol, BoardTitles::digest);
    for (Function<Board, String> way : ways) {
      if (alike.stream().map(way).collect(Collectors.toSet()).size() == alike.size()) {
        return title + ", " + way.apply(board);
      }
    }
    return title + ", " + digest(board) + ", " + protocol(board);
  }

  private static String pace(Board board) {
    return board.contenders().stream()
        .flatMap(c -> c.entry().driving().stream())
        .findFirst()
        .map(d -> "at " + RoadWords.pace(d.rate()))
        .orElseGet(() -> frames(board));
  }

  private static String frames(Board board) {
    int frames =
        board.contenders().stream().mapToInt(c -> c.entry().dataset().images()).max().orElse(0);
    return frames + (frames == 1 ? " frame" : " frames");
  }

  private static String digest(Board board) {
    return "frames " + Numbers.shortDigest(board.yardstick().datasetDigest());
  }

  private static String withTask(Board board, List<Board> all) {
    String frames = board.yardstick().dataset() + " " + board.yardstick().split();
    boolean mixed = all.stream().anyMatch(b -> b.measure() != board.measure());
    return mixed ? frames + ", " + board.measure().task().word() : frames;
  }

  /** The protocol, the beginning of its digest, and the grid where there is one. */
  public static String protocol(Board board) {
    Yardstick y = board.yardstick();
    String rule = y.protocol() + " (" + Numbers.shortDigest(y.protocolDigest()) + ")";
    return y.grid().isEmpty() ? rule : rule + ", grid " + y.grid();
  }
}
