package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.reports.planted.PlantedDigest;
import io.drivemark.reports.planted.PlantedDrawing;
import io.drivemark.reports.planted.PlantedRank;
import io.drivemark.reports.planted.PlantedWriter;
import org.junit.jupiter.api.Test;

/** The rules of {@link BordersTest} on what has one home find what was planted elsewhere. */
class OneHomeTest {
  @Test
  void aDigestOfOnesOwnIsFound() {
    assertEquals(1, violations(BordersTest.digestsAreMadeInOnePlace, PlantedDigest.class));
    assertEquals(0, violations(BordersTest.digestsAreMadeInOnePlace, PlantedDrawing.class));
  }

  @Test
  void aFileWrittenInPlaceIsFound() {
    assertEquals(1, violations(BordersTest.filesAreWrittenInOnePlace, PlantedWriter.class));
    assertEquals(0, violations(BordersTest.filesAreWrittenInOnePlace, PlantedDrawing.class));
  }

  @Test
  void aNameGivenByOneselfIsFound() {
    assertEquals(1, violations(BordersTest.namesAreGivenInOneStepInOnePlace, PlantedWriter.class));
    assertEquals(0, violations(BordersTest.namesAreGivenInOneStepInOnePlace, PlantedDigest.class));
  }

  @Test
  void aRankThatKnowsPublishedRowsIsFound() {
    ArchRule rule = BordersTest.whatOthersPublishedIsOnlyShown;
    assertEquals(1, violations(rule, PlantedRank.class));
    assertEquals(0, violations(rule, PlantedDrawing.class));
  }

  private static int violations(ArchRule rule, Class<?> planted) {
    JavaClasses classes = new ClassFileImporter().importClasses(planted);
    return rule.evaluate(classes).getFailureReport().getDetails().size();
  }
}
