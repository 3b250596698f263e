package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.StudyResult;
import java.util.ArrayList;
import java.util.List;

/** The fields of {@code results.json} in their order: the contract. Immutable. */
record ResultsView(
    String schema,
    String started,
    String finished,
    Environment environment,
    List<String> findings,
    @JsonSetter(nulls = Nulls.AS_EMPTY) String study,
    List<EntryView> entries) {

  static ResultsView of(StudyResult result) {
    return new ResultsView(
        ResultsJson.SCHEMA,
        result.started().toString(),
        result.finished().toString(),
        result.environment(),
        result.findings(),
        result.study(),
        result.entries().stream().map(EntryView::of).toList());
  }

  StudyResult result(JsonPlace at) {
    List<Entry> all = new ArrayList<>();
    for (EntryView view : entries) {
      JsonPlace place = at.field("entries").item(all.size());
      all.add(place.made(() -> view.entry(place)));
    }
    return new StudyResult(
        at.field("started").instant(started),
        at.field("finished").instant(finished),
        study,
        environment,
        all,
        findings);
  }
}
