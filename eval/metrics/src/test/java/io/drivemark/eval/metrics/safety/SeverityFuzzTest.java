package io.drivemark.eval.metrics.safety;

import io.drivemark.config.ConfigFile;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;

/** A damaged file of severities, and a damaged tree of classes, is read or refused. */
class SeverityFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    FuzzTarget target =
        FuzzTarget.ofFile(
                "severity",
                "f.yaml",
                path -> {
                  if (ConfigFile.read(path).root().has("classes")) {
                    LabelTree.read(ConfigFile.read(path));
                  } else {
                    SeverityMatrix.named(path.toString());
                  }
                })
            .seed(Resources.text("trees/cityscapes-19.yaml"))
            .tokens("{", "}", "[", "]", ": ", "- ", "'", "classes", "group", "distances", "\"\\0\"")
            .mayThrow(BadInputException.class);
    for (String shipped : SeverityMatrix.SHIPPED) {
      target = target.seed(Resources.text("severities/" + shipped + ".yaml"));
    }
    return target;
  }
}
