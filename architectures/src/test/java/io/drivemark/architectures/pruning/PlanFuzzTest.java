package io.drivemark.architectures.pruning;

import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;

/** A damaged plan, JSON or YAML, is read or refused. */
class PlanFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    return FuzzTarget.ofFile("plan", "plan.yaml", path -> PlanFile.text(PlanFile.read(path)))
        .seed(
            """
            {"schema": "drivemark-plan/1", "technique": "filter", "network": "enet", "digest": "5d1c",
             "criterion": "l1", "seed": 1, "goal": "macs=0.6 at 360x480, scope layer",
             "filters": {"stage1.1.middle": [3, 7, 12], "head": []}, "layers": [],
             "evidence": {"latency-measured": "0.59"}}
            """)
        .seed(
            """
            schema: drivemark-plan/1
            technique: layer
            network: dabnet
            digest: 5d1c
            criterion: imprint
            seed: -9223372036854775808
            layers: [block1.unit2, block1.unit3]
            """)
        .tokens(
            "{", "}", "[", "]", ": ", ",", "\"", "filter", "layer", "&a ", "*a", "? ", "- ", "-1",
            "3.5")
        .mayThrow(BadInputException.class);
  }
}
