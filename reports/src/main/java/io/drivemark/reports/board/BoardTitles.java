package io.drivemark.reports.board;

import io.drivemark.eval.decide.Yardstick;
import java.util.List;

/** What boards are called beside each other. Stateless. */
public final class BoardTitles {
  private BoardTitles() {}

  /**
   * The dataset and split; where boards of several tasks stand together, also the task.
   *
   * @param all the boards that stand together, this one among them
   */
  public static String of(Board board, List<Board> all) {
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
