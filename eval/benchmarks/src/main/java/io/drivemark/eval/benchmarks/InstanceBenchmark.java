package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceRules;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counting the objects of one frame: one pass over it against one mask an object. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class InstanceBenchmark {
  private InstanceRules rules;
  private LabelMap truth;
  private LabelMap prediction;
  private Instances objects;

  /** Draws the frame of the inputs again for its objects and checks that both ways agree. */
  @Setup
  public void prepare() {
    Inputs inputs = Inputs.read();
    rules = rules();
    truth = LabelMap.of(rules.space(), Inputs.HEIGHT, Inputs.WIDTH, inputs.truth());
    prediction = LabelMap.of(rules.space(), Inputs.HEIGHT, Inputs.WIDTH, inputs.prediction());
    objects =
        new SynthDrive(SynthOptions.of(1, 1, Inputs.HEIGHT, Inputs.WIDTH, "val"))
            .frame(0)
            .objects()
            .orElseThrow();
    if (!plain().equals(ours())) {
      throw new IllegalStateException("masks and the single pass disagree");
    }
  }

  /** Every class has objects of a mean size and is its own category. */
  static InstanceRules rules() {
    LabelSpace space =
        new LabelSpace(
            "bench-objects",
            IntStream.range(0, Inputs.CLASSES)
                .mapToObj(i -> new LabelClass("class-" + i, 0, "class-" + i, true, false))
                .toList());
    Map<String, Double> sizes = new TreeMap<>();
    space.classNames().forEach(name -> sizes.put(name, 1000.0));
    return InstanceRules.of(space, sizes);
  }

  /** One mask an object. */
  @Benchmark
  public InstanceCounts plain() {
    return PlainInstances.count(rules, truth.pixels(), prediction.pixels(), objects.ids());
  }

  /** One pass. */
  @Benchmark
  public InstanceCounts ours() {
    return InstanceCounts.of(rules, truth, prediction, objects);
  }
}
