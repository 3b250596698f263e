package io.drivemark.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.testkit.Borders;

/** What the packages of this module may know. */
@AnalyzeClasses(
    packages = "io.drivemark.eval",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule commonsMathOnlyInStatistics =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.eval.statistics")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.commons.math3..");

  @ArchTest
  static final ArchRule noNetworkIsKnown =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures..",
              "io.drivemark.reports..",
              "io.drivemark.cli..",
              "io.drivemark.eval.runner..",
              "ai.djl..",
              "ai.onnxruntime..",
              "org.opencv..",
              "org.bytedeco..");

  @ArchTest
  static final ArchRule statisticsKnowsOnlyNumbers =
      classes()
          .that()
          .resideInAPackage("io.drivemark.eval.statistics")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.eval.statistics", "org.apache.commons.math3..", "java..");

  @ArchTest
  static final ArchRule metricsKnowNoLatency =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.eval.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.eval.latency");

  @ArchTest
  static final ArchRule latencyKnowsNoMetrics =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.eval.latency")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.eval.metrics..");

  @ArchTest static final ArchRule noPackageNeedsOneThatNeedsIt = Borders.NO_CYCLES;
}
