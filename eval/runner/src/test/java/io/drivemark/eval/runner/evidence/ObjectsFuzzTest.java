package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;
import java.util.Map;

/** Damaged counts of objects are read or refused; what is read can be written and read again. */
class ObjectsFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    LabelSpace space = LabelSpaces.named("cityscapes-19");
    InstanceRules rules = InstanceRules.of(space, Map.of("car", 1000.0, "person", 300.5));
    return FuzzTarget.ofFile(
            "objects",
            "objects.csv",
            file -> {
              InstanceCounts counts = ObjectEvidence.read(file, rules);
              ObjectEvidence.write(file, Map.of("a", counts));
              if (!ObjectEvidence.read(file, rules).equals(counts)) {
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
