package io.drivemark.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.testkit.Borders;

/** What this module may not know, and who may know it. */
@AnalyzeClasses(packages = "io.drivemark", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule sparkOnlyHere =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.spark")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "io.drivemark.spark..");

  @ArchTest
  static final ArchRule itMeasuresWithTheRunner =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.spark")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures..",
              "io.drivemark.reports..",
              "io.drivemark.cli..",
              "io.drivemark.eval.history..");

  @ArchTest static final ArchRule noPackageNeedsOneThatNeedsIt = Borders.NO_CYCLES;
}
