package io.drivemark.datasets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.testkit.Borders;

/** Which library may appear where, and which package may know which. */
@AnalyzeClasses(packages = "io.drivemark", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule nothingPointsBack =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.eval..",
              "io.drivemark.architectures..",
              "io.drivemark.reports..",
              "io.drivemark.cli..");

  @ArchTest
  static final ArchRule openCvStaysInTheCodingOfImages =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.datasets.image")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.opencv..", "org.bytedeco..", "javax.imageio..");

  @ArchTest
  static final ArchRule valuesKnowNoFiles =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.datasets")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.datasets.(*)..");

  @ArchTest
  static final ArchRule problemsAndConfigKnowNoDatasets =
      noClasses()
          .that()
          .resideInAnyPackage("io.drivemark.problem", "io.drivemark.config")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.datasets..");

  @ArchTest static final ArchRule noPackageNeedsOneThatNeedsIt = Borders.NO_CYCLES;
}
