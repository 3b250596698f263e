package io.drivemark.datasets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders of this module. */
@AnalyzeClasses(
    packages = {"io.drivemark.datasets", "io.drivemark.config", "io.drivemark.problem"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NOTHING_POINTS_BACK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.eval..",
              "io.drivemark.architectures..",
              "io.drivemark.reports..",
              "io.drivemark.cli..");

  @ArchTest
  static final ArchRule OPENCV_STAYS_IN_THE_CODING_OF_IMAGES =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.datasets.image")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.opencv..", "org.bytedeco..", "javax.imageio..");

  @ArchTest
  static final ArchRule VALUES_KNOW_NO_FILES =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.datasets")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.datasets.(*)..");

  @ArchTest
  static final ArchRule PROBLEMS_AND_CONFIG_KNOW_NO_DATASETS =
      noClasses()
          .that()
          .resideInAnyPackage("io.drivemark.problem", "io.drivemark.config")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.datasets..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.drivemark.(**)").should().beFreeOfCycles();
}
