package io.drivemark.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import io.drivemark.testkit.planted.Above;
import io.drivemark.testkit.planted.below.Below;
import org.junit.jupiter.api.Test;

/** The rule finds a cycle that was made for it. */
class BordersTest {
  @Test
  void aPackageThatNeedsTheOneBelowItWhichNeedsItIsACycle() {
    EvaluationResult result = check(Above.class, Below.class);
    assertTrue(result.hasViolation());
    String message = result.getFailureReport().toString();
    assertTrue(
        message.contains("Slice testkit.planted -> ")
            && message.contains("Slice testkit.planted.below -> "),
        message);
  }

  @Test
  void halfOfTheCycleIsNone() {
    assertFalse(check(Above.class).hasViolation());
  }

  private static EvaluationResult check(Class<?>... classes) {
    JavaClasses imported = new ClassFileImporter().importClasses(classes);
    return Borders.NO_CYCLES.evaluate(imported);
  }
}
