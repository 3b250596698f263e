package io.drivemark.eval.history.compare;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.compare.CellComparison.Expected;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Prints;
import io.drivemark.eval.runner.store.CellStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two cells were to give the same bits: if nothing that they depend on differs, the machine
 * and Drivemark included, and the engine gives the same bits on the fixed frame. Immutable.
 *
 * @param declared what they say of themselves differently
 * @param expected what follows
 */
record Expectation(List<Changed> declared, Expected expected) {
  private static final String ABSENT = "none";

  static Expectation of(CellStore.Stored a, CellStore.Stored b) {
    List<Changed> declared = new ArrayList<>();
    Set<String> parts = new LinkedHashSet<>(a.spec().keySet());
    parts.addAll(b.spec().keySet());
    for (String part : parts) {
      String inA = a.spec().getOrDefault(part, ABSENT);
      String inB = b.spec().getOrDefault(part, ABSENT);
      if (!inA.equals(inB)) {
        declared.add(new Changed(part, inA, inB));
      }
    }
    MachineKey machineA = MachineKey.of(a.environment());
    MachineKey machineB = MachineKey.of(b.environment());
    if (!machineA.equals(machineB)) {
      declared.add(new Changed("machine", machineA.label(), machineB.label()));
    }
    boolean known = true;
    known &=
        differs(
            "drivemark",
            a.environment().conditions().map(Conditions::drivemark),
            b.environment().conditions().map(Conditions::drivemark),
            declared);
    known &=
        differs(
            "canary",
            a.entry().prints().map(Prints::canary),
            b.entry().prints().map(Prints::canary),
            declared);
    if (!declared.isEmpty()) {
      return new Expectation(declared, Expected.OTHERS);
    }
    return new Expectation(declared, known ? Expected.SAME_BITS : Expected.UNKNOWN);
  }

  /** Notes two values that differ; false if one of them is not known. */
  private static boolean differs(
      String what, Optional<String> a, Optional<String> b, List<Changed> declared) {
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    if (!a.equals(b)) {
      declared.add(new Changed(what, a.get(), b.get()));
    }
    return true;
  }
}
