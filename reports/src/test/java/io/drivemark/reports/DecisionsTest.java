package io.drivemark.reports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.drivemark.reports.planted.PlantedDrawing;
import io.drivemark.reports.planted.PlantedOrder;
import io.drivemark.reports.planted.PlantedVerdict;
import io.drivemark.reports.planted.PlantedWords;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which of two networks is faster, better or worth its time is decided in {@code eval/decide},
 * where alarms and selections can ask too. Pages, tables and commands word the answers: a class of
 * theirs that reads a network's numbers compares none.
 */
class DecisionsTest {
  private static final ArchRule NO_CLASS_COMPARES_NETWORKS =
      classes()
          .that()
          .areTopLevelClasses()
          .should(new CompareNoNetworks())
          .because("eval/decide decides, reports word it");

  @Test
  void reportsAndCommandsCompareNoTwoNetworksNumbers() {
    JavaClasses all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.drivemark.reports", "io.drivemark.cli");
    NO_CLASS_COMPARES_NETWORKS.check(all);
  }

  @Test
  void aClassThatPicksTheMoreAccurateIsFound() {
    EvaluationResult result = evaluate(PlantedVerdict.class);
    assertEquals(
        List.of(
            "io.drivemark.reports.planted.PlantedVerdict reads Contender.accuracy (line 8),"
                + " Contender.accuracy (line 8), and compares numbers: < or > (line 8)"),
        result.getFailureReport().getDetails());
  }

  @Test
  void aClassThatSortsByLatencyIsFound() {
    EvaluationResult result = evaluate(PlantedOrder.class);
    assertEquals(
        List.of(
            "io.drivemark.reports.planted.PlantedOrder reads Latency.mean (line 11), and compares"
                + " numbers: comparingDouble (line 11)"),
        result.getFailureReport().getDetails());
  }

  @Test
  void wordingAndDrawingAreAllowed() {
    assertEquals(
        List.of(),
        evaluate(PlantedWords.class, PlantedDrawing.class).getFailureReport().getDetails());
  }

  private static EvaluationResult evaluate(Class<?>... planted) {
    return NO_CLASS_COMPARES_NETWORKS.evaluate(new ClassFileImporter().importClasses(planted));
  }
}
