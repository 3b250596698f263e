package io.drivemark.testkit;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** The long run of a {@link FuzzContract} in a process of its own, with a small heap. */
final class FuzzMain {
  private FuzzMain() {}

  /**
   * Arguments: the contract's class, seconds, seed, the folder for findings. Ends with 1 for any.
   */
  public static void main(String[] args) throws ReflectiveOperationException, IOException {
    Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    FuzzContract contract = (FuzzContract) constructor.newInstance();
    FuzzTarget target = contract.target();
    FuzzRun run =
        new FuzzRun(
            target,
            FuzzCorpus.kept(target, contract.getClass().getClassLoader()),
            Long.parseLong(args[2]),
            Duration.ofSeconds(Long.parseLong(args[1])),
            FuzzRun.HANG);
    Collection<FuzzFinding> findings = run.run();
    System.out.print(FuzzRun.report(target, findings, Path.of(args[3])));
    System.out.println(
        target.name()
            + ": "
            + run.count()
            + " inputs, "
            + findings.size()
            + " findings, seed "
            + args[2]);
    System.exit(findings.isEmpty() ? 0 : 1);
  }
}
