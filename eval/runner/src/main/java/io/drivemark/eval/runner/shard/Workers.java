package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.evidence.Csv;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.shard.ShardFile.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who measured which frames of a cell, as a file beside its record. Stateless. */
final class Workers {
  /** Where it lies, below a cell's folder. */
  static final String FILE = "workers.csv";

  private static final List<String> HEADER =
      List.of("first", "last", "worker", "processor", "isa", "system", "canary", "shard");

  private Workers() {}

  /** Writes the file: a row a shard; positions count from 0, the last one is a frame's. */
  static void write(Path folder, List<Shard> shards) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (Shard shard : shards) {
      Environment machine = shard.facts().environment();
      rows.add(
          List.of(
              Integer.toString(shard.range().first()),
              Integer.toString(shard.range().last() - 1),
              shard.facts().worker(),
              machine.processor(),
              machine.isa().orElse(""),
              machine.operatingSystem(),
              shard.facts().canary(),
              shard.folder().getFileName().toString()));
    }
    Csv.write(folder.resolve(FILE), rows);
  }
}
