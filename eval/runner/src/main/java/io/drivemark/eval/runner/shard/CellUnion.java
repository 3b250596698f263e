package io.drivemark.eval.runner.shard;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.shard.ShardFile.Shard;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shards of a cell held against each other and put together: which frames there are, and where
 * two shards say different things of what must be alike. The order in which shards come makes no
 * difference. Immutable.
 */
final class CellUnion {
  private final WorkCell cell;
  private final List<String> ids;
  private final List<Shard> shards;
  private final List<String> disagreements = new ArrayList<>();
  private final List<String> lines = new ArrayList<>(); // null where a frame is missing

  /**
   * @param ids of the samples of its split
   * @param shards sorted by the names of their folders
   * @throws BadInputException if one is of other frames
   */
  CellUnion(WorkCell cell, List<String> ids, List<Shard> shards) {
    this.cell = cell;
    this.ids = ids;
    this.shards = List.copyOf(shards);
    alike("canary", s -> s.facts().canary());
    alike("reading of the model", s -> s.facts().reading().toString());
    alikeNotes();
    alikeEvidence();
    for (int i = 0; i < ids.size(); i++) {
      lines.add(frame(i).orElse(null));
    }
  }

  /** Where shards disagree, a sentence each. */
  List<String> disagreements() {
    return List.copyOf(disagreements);
  }

  /** The frames that no shard has. */
  List<FrameRange> missing() {
    List<FrameRange> out = new ArrayList<>();
    int first = 0;
    while (first < lines.size()) {
      int last = first;
      while (last < lines.size() && lines.get(last) == null) {
        last++;
      }
      if (last > first) {
        out.add(new FrameRange(first, last));
      }
      first = last + 1;
    }
    return out;
  }

  /** The line of each frame; only where nothing is missing. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  List<Shard> shards() {
    return shards;
  }

  /**
   * A shard that begins with the first frame, with all frames if there is one, for what is said
   * once of a cell.
   */
  Shard first() {
    return whole()
        .findFirst()
        .or(() -> shards.stream().filter(s -> s.range().first() == 0).findFirst())
        .orElseThrow();
  }

  private Stream<Shard> whole() {
    return shards.stream().filter(s -> s.range().size() == ids.size());
  }

  private void alike(String what, Function<Shard, String> of) {
    alike(what, shards, of);
  }

  private void alike(String what, List<Shard> among, Function<Shard, String> of) {
    Map<String, Shard> found = new LinkedHashMap<>();
    among.forEach(shard -> found.putIfAbsent(of.apply(shard), shard));
    if (found.size() > 1) {
      disagreements.add(
          cell.title()
              + ": workers disagree on the "
              + what
              + ": "
              + found.entrySet().stream()
                  .map(f -> who(f.getValue()) + " has " + f.getKey())
                  .collect(Collectors.joining("; "))
              + advice());
    }
  }

  private void alikeNotes() {
    alike(
        "notes on the first frames",
        shards.stream().filter(s -> s.range().first() == 0).toList(),
        s -> s.facts().notes().toString());
  }

  private void alikeEvidence() {
    alike(
        "evidence of all frames together",
        whole().toList(),
        s ->
            ShardFile.evidence(s.folder()).stream()
                .map(file -> name(file) + " " + Digests.of(file).substring(0, 16))
                .collect(Collectors.joining(", ")));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** What is known of a frame; what disagrees is noted, and one of both is given. */
  private Optional<String> frame(int index) {
    Map<String, Shard> found = new LinkedHashMap<>();
    List<String> all = new ArrayList<>();
    for (Shard shard : shards) {
      if (shard.range().has(index)) {
        String line = shard.line(index);
        requireSample(shard, index, line);
        found.putIfAbsent(RowText.alike(line), shard);
        all.add(line);
      }
    }
    if (found.size() > 1) {
      List<Shard> two = found.values().stream().limit(2).toList();
      JsonNode one = RowText.tree(two.get(0).line(index));
      JsonNode other = RowText.tree(two.get(1).line(index));
      disagreements.add(
          cell.title()
              + ": frame "
              + ids.get(index)
              + " ("
              + (index + 1)
              + " of "
              + ids.size()
              + "): "
              + who(two.get(0))
              + " and "
              + who(two.get(1))
              + " disagree: "
              + RowText.difference(one, other)
              + advice());
    }
    return all.stream().sorted().findFirst();
  }

  private void requireSample(Shard shard, int index, String line) {
    String found = RowText.tree(line).path("sample").asText();
    if (!found.equals(ids.get(index))) {
      throw new BadInputException(
          shard.folder()
              + ": frame "
              + (index + 1)
              + " is "
              + found
              + ", here it is "
              + ids.get(index)
              + ": it was measured on a dataset in another order; remove the folder");
    }
  }

  private static String who(Shard shard) {
    return shard.facts().who() + " in " + name(shard.folder());
  }

  private String advice() {
    return "; remove the shards of the machine that is wrong from shards/"
        + cell.folder()
        + ", and have their frames measured again";
  }
}
