package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.Task;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shipped study of all segmentation networks of the zoo. */
class AllArchitecturesTest {
  @Test
  void everyArchitectureIsInItButThoseThatHaveTwoNames() {
    Study study = Study.read(Path.of("../studies/all-architectures.yaml"));
    Set<String> missing = new TreeSet<>(Architectures.names(Task.SEGMENTATION));
    for (ModelSource source : study.models()) {
      if (source instanceof ModelSource.Untrained untrained) {
        missing.remove(untrained.architecture());
      } else {
        String reference = ((ModelSource.Named) source).reference();
        missing.remove(Models.load(reference).spec().architecture());
      }
    }
    assertEquals(Set.of("skipnet-vgg16", "skipnet-xception", "unet-resnet18"), missing);
  }
}
