package io.drivemark.testkit;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/** The rule of packages that every module holds to. Stateless. */
public final class Borders {
  /**
   * No package needs one that needs it, over however many others. A slice is one package: a package
   * below another is a slice of its own.
   */
  public static final ArchRule NO_CYCLES =
      slices().matching("io.drivemark.(**)").should().beFreeOfCycles();

  private Borders() {}
}
