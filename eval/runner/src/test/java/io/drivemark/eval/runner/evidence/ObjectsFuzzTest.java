package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.standard.ObjectGauge;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.util.List;

/** Damaged counts of objects are read or refused; what is read can be written and read again. */
class ObjectsFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    LabelSpace space = LabelSpaces.named("cityscapes-19");
    Gauge gauge = new ObjectGauge();
    Columns columns = gauge.columns(space);
    List<String> samples = List.of("a", "b");
    return FuzzTarget.ofFile(
            "objects",
            "objects.csv",
            file -> {
              List<Counts> counts = GaugeEvidence.readFile(file, columns, samples);
              GaugeEvidence.writeFile(
                  file, space, List.of(gauge), samples, (g, frame) -> counts.get(frame));
              if (!GaugeEvidence.readFile(file, columns, samples).equals(counts)) {
                throw new AssertionError("written and read otherwise: " + counts);
              }
            })
        .seed(
            """
            sample,class,pixels,objects,right,rightCategory
            a,person,100,2,150,160
            a,car,900,1,0,0
            b,person,100,1,99,100
            """)
        .tokens("0", "-1", "9223372036854775807", "4294967296", "\"", "car", "\n")
        .mayThrow(BadInputException.class);
  }
}
