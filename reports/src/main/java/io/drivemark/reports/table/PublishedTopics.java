package io.drivemark.reports.table;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.published.PublishedTables.Topic;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a board is about, for choosing what was published of it. Stateless. */
public final class PublishedTopics {
  private PublishedTopics() {}

  /** Its networks' techniques and architectures, and its task. */
  public static Topic of(Board board) {
    List<ModelFacts> models =
        board.contenders().stream().map(Contender::entry).map(Entry::model).toList();
    return new Topic(
        models.stream().map(ModelFacts::technique).collect(Collectors.toSet()),
        models.stream().map(ModelFacts::architecture).collect(Collectors.toSet()),
        Set.of(board.measure().task().word()));
  }
}
