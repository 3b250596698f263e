package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.StudyResult;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run was measured under besides the hardware, by the names that the judge knows: it may
 * explain a change and splits no series. What a record does not have is left out. Stateless.
 */
final class NightConditions {
  private NightConditions() {}

  static Map<String, String> of(StudyResult result) {
    Environment environment = result.environment();
    Map<String, String> out = new TreeMap<>();
    out.put(Night.JAVA, environment.javaRuntime());
    out.put("os", environment.operatingSystem());
    environment.libraries().forEach((name, version) -> out.put(Night.ENGINE + name, version));
    environment.conditions().ifPresent(conditions -> add(out, conditions));
    return out;
  }

  private static void add(Map<String, String> out, Conditions conditions) {
    out.put(Night.DRIVEMARK, conditions.drivemark());
    out.put("kernel", conditions.kernel());
    conditions.governor().ifPresent(governor -> out.put("governor", governor));
    conditions.tickHz().ifPresent(hz -> out.put("tickHz", Integer.toString(hz)));
    conditions.microcode().ifPresent(revision -> out.put("microcode", revision));
  }
}
