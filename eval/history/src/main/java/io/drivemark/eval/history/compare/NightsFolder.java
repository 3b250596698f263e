package io.drivemark.eval.history.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of nights, one folder each, in the order that their records say, or, where one has none,
 * in that of their names: {@code last} is the newest with results, {@code last-good} the newest
 * whose verdict is {@code fine}; each night also has its own name. Immutable; looks at the disk
 * each time it is asked.
 *
 * @param folder the nights lie in
 */
public record NightsFolder(Path folder) implements NamedResults {
  private static final String LAST = "last";
  private static final String LAST_GOOD = "last-good";
  private static final String VERDICT = "verdict.json";

  @Override
  public Optional<Path> folder(String name) {
    List<Path> nights = nights();
    if (name.equals(LAST)) {
      return Optional.of(newest(nights, name, "no night with " + RunStore.RESULTS));
    }
    if (name.equals(LAST_GOOD)) {
      List<Path> good = nights.stream().filter(NightsFolder::fine).toList();
      return Optional.of(
          newest(
              good,
              name,
              "no night whose " + VERDICT + " says '" + Verdict.State.FINE.word() + "'"));
    }
    return nights.stream().filter(n -> n.getFileName().toString().equals(name)).findFirst();
  }

  @Override
  public List<String> names() {
    List<String> out = new ArrayList<>(List.of(LAST, LAST_GOOD));
    nights().forEach(night -> out.add(night.getFileName().toString()));
    return out;
  }

  private Path newest(List<Path> nights, String name, String missing) {
    if (nights.isEmpty()) {
      throw new BadInputException(
          name + ": " + folder + " has " + missing + "; name a night or a folder");
    }
    return nights.get(nights.size() - 1);
  }

  /** Those with results, the oldest first. */
  private List<Path> nights() {
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(folder + ": expected a folder of nights, found none");
    }
    try (Stream<Path> all = Files.list(folder)) {
      return inOrder(
          all.filter(night -> Files.isRegularFile(night.resolve(RunStore.RESULTS)))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new UnavailableException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /** Clocks jump back, and names are times. */
  private static List<Path> inOrder(List<Path> byName) {
    Map<Path, Long> orders = new HashMap<>();
    for (Path night : byName) {
      Path record = new NightFolder(night).record();
      if (!Files.isRegularFile(record)) {
        return byName;
      }
      orders.put(night, NightJson.read(record).order());
    }
    return byName.stream().sorted(Comparator.comparing(orders::get)).toList();
  }

  private static boolean fine(Path night) {
    Path file = night.resolve(VERDICT);
    if (!Files.isRegularFile(file)) {
      return false; // not judged
    }
    JsonNode state = ResultsJson.readNode(file).path("state");
    if (!state.isTextual()) {
      throw new BadInputException(file + ": found no text in field state; judge the night again");
    }
    return state.textValue().equals(Verdict.State.FINE.word());
  }
}
