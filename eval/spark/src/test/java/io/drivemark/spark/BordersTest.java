package io.drivemark.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.CacheMode;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.testkit.Borders;

/** What this module may not know. No other module has Spark on its class path. */
@AnalyzeClasses(
    packages = "io.drivemark.spark",
    importOptions = ImportOption.DoNotIncludeTests.class,
    cacheMode = CacheMode.PER_CLASS)
class BordersTest {
  @ArchTest
  static final ArchRule itMeasuresWithTheRunner =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures..",
              "io.drivemark.datasets..",
              "io.drivemark.reports..",
              "io.drivemark.cli..",
              "io.drivemark.eval.history..");

  @ArchTest static final ArchRule noPackageNeedsOneThatNeedsIt = Borders.NO_CYCLES;
}
