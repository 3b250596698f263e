package io.drivemark.eval.decide.select;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.decide.Yardstick;
import io.drivemark.eval.decide.select.Choice.Measured;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Selections as JSON, schema {@value #SCHEMA}; {@code eval/decide/select.md} says what each key is.
 * What is undefined or not known is null. Stateless.
 */
public final class SelectionJson {
  /** Names the form. */
  public static final String SCHEMA = "drivemark-select/1";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SelectionJson() {}

  /** The whole document. */
  public static ObjectNode of(List<BoardSelection> boards) {
    ObjectNode out = JSON.objectNode();
    out.put("schema", SCHEMA);
    ArrayNode all = out.putArray("boards");
    boards.forEach(b -> all.add(board(b)));
    return out;
  }

  private static ObjectNode board(BoardSelection board) {
    Yardstick y = board.yardstick();
    Selection s = board.selection();
    ObjectNode out = JSON.objectNode();
    ObjectNode dataset = out.putObject("dataset");
    dataset.put("name", y.dataset());
    dataset.put("split", y.split());
    dataset.put("digest", y.datasetDigest());
    ObjectNode protocol = out.putObject("protocol");
    protocol.put("name", y.protocol());
    protocol.put("digest", y.protocolDigest());
    protocol.put("grid", y.grid());
    out.put("task", y.measure().task().word());
    out.put("accuracy", s.terms().accuracy());
    out.put("moreIsBetter", s.terms().moreIsBetter());
    out.put("sure", s.terms().sure());
    ArrayNode budgets = out.putArray("budgets");
    s.terms().budgets().forEach(b -> budgets.add(b.text()));
    out.put("frames", s.frames());
    out.put("clusters", s.clusters());
    out.put("processes", s.processes());
    out.put("occasions", s.occasions());
    out.put("claims", s.claims());
    out.put("draws", s.terms().draws());
    out.put("best", s.best().map(Choice::label).orElse(null));
    ArrayNode possible = out.putArray("possibleBest");
    s.possibleBest().forEach(c -> possible.add(c.label()));
    ArrayNode networks = out.putArray("networks");
    s.choices().forEach(c -> networks.add(network(c, s)));
    return out;
  }

  private static ObjectNode network(Choice choice, Selection s) {
    ObjectNode out = JSON.objectNode();
    out.put("name", choice.label());
    out.put("certainty", choice.certainty().key());
    out.putNull("obstacle");
    choice
        .obstacle()
        .ifPresent(
            o -> {
              ObjectNode node = out.putObject("obstacle");
              node.put("kind", o.kind().key());
              node.put("found", o.found().isEmpty() ? null : o.found());
              node.put("expected", o.expected().isEmpty() ? null : o.expected());
            });
    out.put("twinOf", choice.twinOf().map(n -> s.choices().get(n).label()).orElse(null));
    measured(out, "accuracy", choice.accuracy());
    measured(out, "latencyMs", choice.latencyMs());
    number(out, "frontShare", choice.frontShare());
    number(out, "bestShare", choice.bestShare());
    number(out, "frontP", choice.frontP());
    out.put("mayBeBest", choice.mayBeBest());
    ArrayNode beaten = out.putArray("beatenBy");
    choice.beatenBy().forEach(r -> beaten.add(r.label()));
    ArrayNode rivals = out.putArray("rivals");
    choice.rivals().forEach(r -> rivals.add(rival(r)));
    ArrayNode fits = out.putArray("budgets");
    choice.fits().forEach(f -> fits.add(fit(f)));
    ArrayNode separations = out.putArray("separations");
    choice.separations().forEach(x -> separations.add(separation(x)));
    return out;
  }

  private static ObjectNode rival(Rival rival) {
    ObjectNode out = JSON.objectNode();
    out.put("name", rival.label());
    out.put("gain", rival.gain());
    out.put("sameCounts", rival.sameCounts());
    out.put("accuracyP", rival.accuracyP());
    out.put("latencyRatio", rival.latencyRatio());
    out.put("latencyP", rival.latencyP());
    out.put("beatsP", rival.beatsP());
    return out;
  }

  private static ObjectNode fit(Fit fit) {
    ObjectNode out = JSON.objectNode();
    out.put("budget", fit.budget().text());
    out.put("answer", fit.answer().key());
    number(out, "value", fit.value());
    number(out, "low", fit.low());
    number(out, "high", fit.high());
    out.put("runsNeeded", fit.runsNeeded() == 0 ? null : (Integer) fit.runsNeeded());
    return out;
  }

  private static ObjectNode separation(Separation separation) {
    ObjectNode out = JSON.objectNode();
    out.put("claim", separation.claim().key());
    out.put("from", separation.label());
    whole(out, "processes", separation.processes());
    whole(out, "clusters", separation.clusters());
    whole(out, "frames", separation.frames());
    return out;
  }

  private static void measured(ObjectNode out, String name, Optional<Measured> value) {
    if (value.isEmpty()) {
      out.putNull(name);
      return;
    }
    ObjectNode node = out.putObject(name);
    node.put("value", value.get().value());
    number(node, "low", value.get().low());
    number(node, "high", value.get().high());
  }

  private static void number(ObjectNode out, String name, OptionalDouble value) {
    if (value.isPresent()) {
      out.put(name, value.getAsDouble());
    } else {
      out.putNull(name);
    }
  }

  private static void whole(ObjectNode out, String name, OptionalInt value) {
    if (value.isPresent()) {
      out.put(name, value.getAsInt());
    } else {
      out.putNull(name);
    }
  }
}
