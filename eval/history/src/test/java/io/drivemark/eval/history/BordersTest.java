package io.drivemark.eval.history;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the packages of this module may not know. */
@AnalyzeClasses(
    packages = "io.drivemark.eval.history",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule historyKnowsNoReportAndNoCommandLine =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.drivemark.reports..", "io.drivemark.cli..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheStoreKnowsDatabases =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.eval.history.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..")
          .allowEmptyShould(true);
}
