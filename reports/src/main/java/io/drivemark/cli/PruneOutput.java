package io.drivemark.cli;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.training.ValFigure;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.datasets.Dataset;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a pruned model goes.
 *
 * @param name how studies are to call it; null: as it is called
 * @param file to write
 */
record PruneOutput(String name, Path file, PrintWriter print) {
  /** Where its training keeps how far it is. */
  Path checkpoint() {
    return Path.of(file + ".checkpoint");
  }

  /** Where the learning of its masks keeps how far it is. */
  Path masksCheckpoint() {
    return Path.of(file + ".masks.checkpoint");
  }

  /** Writes a model and says what it is. */
  int deliver(FineTuning.Finished finished, Dataset val) {
    finished
        .result()
        .ifPresent(
            result ->
                print.println(
                    String.format(
                        Locale.ROOT,
                        "%s on %s %s after epoch %d",
                        result.val().figure().title(),
                        val.split(),
                        ValFigure.text(result.val().value()),
                        result.epoch())));
    Model small = finished.model();
    Model named = name == null ? small : new Model(small.spec().withName(name), small.network());
    Models.write(named, file);
    print.println(OutputFile.summary(named, file));
    return ExitCode.FINE;
  }
}
