package io.drivemark.eval.runner.plan;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.eval.runner.study.EngineSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what a study has twice, a sentence each. Stateless. */
final class Doubles {
  private Doubles() {}

  /**
   * Names that two models have.
   *
   * @param made of models that are made for the study
   * @param named of those that it names
   */
  static List<String> names(List<String> made, List<String> named) {
    Set<String> seen = new HashSet<>(made);
    List<String> out = new ArrayList<>();
    for (String name : named) {
      if (!seen.add(name)) {
        out.add(
            "two models are called '"
                + name
                + "'; give one of them another name, in the study or in its model file");
      }
    }
    return out;
  }

  /** Engines are compared as they are resolved: the number of threads may have been left open. */
  static List<String> engines(List<EngineSpec> engines) {
    Set<EngineSpec> seen = new HashSet<>();
    List<String> out = new ArrayList<>();
    for (EngineSpec spec : engines) {
      if (!seen.add(spec)) {
        out.add(
            "engines: "
                + spec.name()
                + spec.threads().stream()
                    .mapToObj(t -> " with threads: " + t)
                    .findFirst()
                    .orElse("")
                + " is in the study twice (where threads are not given they are the processors"
                + " of this machine); remove one");
      }
    }
    return out;
  }

  /** Datasets are compared by what is in them; files are read where names are the same alone. */
  static List<String> datasets(List<FrameCache> datasets) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < datasets.size(); i++) {
      Dataset one = datasets.get(i).dataset();
      for (FrameCache earlier : datasets.subList(0, i)) {
        Dataset other = earlier.dataset();
        if (one.name().equals(other.name())
            && one.split().equals(other.split())
            && one.ids().equals(other.ids())
            && one.digest().equals(other.digest())
            && one.description().equals(other.description())) {
          out.add(
              "datasets: two entries are the same "
                  + one.ids().size()
                  + " frames of "
                  + one.name()
                  + "/"
                  + one.split()
                  + "; remove one, or give them different limits");
          break;
        }
      }
    }
    return out;
  }
}
