package io.drivemark.eval.decide;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.datasets.Task;
import io.drivemark.testkit.Borders;

/** What decisions may know: records and numbers, no network, no data, no page. */
@AnalyzeClasses(
    packages = "io.drivemark.eval.decide",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule decisionsAreValuesMadeFromRecords =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.drivemark.architectures..",
                      "io.drivemark.datasets..",
                      "io.drivemark.reports..",
                      "io.drivemark.cli..")
                  .and(not(equivalentTo(Task.class))))
          .because("a task is the word of a record that says what is ranked by what");

  @ArchTest static final ArchRule noPackageNeedsOneThatNeedsIt = Borders.NO_CYCLES;
}
