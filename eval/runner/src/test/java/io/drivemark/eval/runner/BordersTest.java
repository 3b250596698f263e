package io.drivemark.eval.runner;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.architectures.engine.GateForm;
import io.drivemark.datasets.Task;
import io.drivemark.testkit.Borders;
import java.util.ArrayList;
import java.util.List;

/** What the packages of this module may not know. */
@AnalyzeClasses(
    packages = "io.drivemark.eval.runner",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  private static final String ROOT = "io.drivemark.eval.runner";

  @ArchTest
  static final ArchRule theRunnerKnowsNoReportAndNoCommandLine =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.drivemark.reports..", "io.drivemark.cli..");

  @ArchTest
  static final ArchRule theRunnerTouchesNoRuntimeOfAnEngine =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..",
              "ai.onnxruntime..",
              "org.bytedeco..",
              "org.opencv..",
              "io.drivemark.architectures.engine.*..");

  /** But for one class, which asks a gated network what frames cost. */
  @ArchTest
  static final ArchRule onlyStudiesAndVariantsKnowOfTrainingAndPruning =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.drivemark.eval.runner.study", "io.drivemark.eval.runner.variant")
          .and()
          .doNotHaveFullyQualifiedName("io.drivemark.eval.runner.plan.GatedCells")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures.training..", "io.drivemark.architectures.pruning..");

  @ArchTest
  static final ArchRule plansKnowOfPruningTheGatesAlone =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.eval.runner.plan")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures.training..",
              "io.drivemark.architectures.pruning",
              "io.drivemark.architectures.pruning.criterion..");

  @ArchTest
  static final ArchRule makingVariantsMeasuresNothing =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.eval.runner.variant")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.eval.runner",
              "io.drivemark.eval.runner.accuracy",
              "io.drivemark.eval.runner.environment",
              "io.drivemark.eval.runner.inference",
              "io.drivemark.eval.runner.plan",
              "io.drivemark.eval.runner.store",
              "io.drivemark.eval.runner.timing",
              "io.drivemark.eval.latency..");

  @ArchTest
  static final ArchRule oshiOnlyInEnvironment =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.eval.runner.environment")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("oshi..");

  @ArchTest
  static final ArchRule recordsKnowNothingButProblems =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.eval.runner.record..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.drivemark.architectures..",
                      "io.drivemark.datasets..",
                      "io.drivemark.eval.metrics..",
                      "io.drivemark.eval.latency..",
                      "io.drivemark.eval.runner",
                      "io.drivemark.eval.runner.study",
                      "io.drivemark.eval.runner.environment")
                  .and(not(equivalentTo(Task.class)))
                  .and(not(resideInAnyPackage("io.drivemark.eval.metrics.depth"))))
          .because("records are plain values; so are a task and the errors of distances");

  @ArchTest
  static final ArchRule recordsDoNotKnowTheirFiles =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.eval.runner.record")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.drivemark.eval.runner.record.json", "io.drivemark.files..");

  @ArchTest
  static final ArchRule studiesOpenNothing =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.eval.runner.study")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.drivemark.architectures.model..",
                      "io.drivemark.architectures.engine..",
                      "io.drivemark.datasets.catalog..",
                      "io.drivemark.eval.runner")
                  .and(not(equivalentTo(GateForm.class))));

  /** From the lowest room to the highest; each may know those before it. */
  private static final String[] ROOMS = {
    "record",
    "study",
    "tasks",
    "inference",
    "evidence",
    "derive",
    "plan",
    "store",
    "accuracy",
    "shard",
    "timing",
    "score",
    "depth"
  };

  @ArchTest
  static void arrowsBetweenRoomsPointDown(JavaClasses classes) {
    for (int low = 0; low < ROOMS.length; low++) {
      List<String> above = new ArrayList<>(List.of(ROOT));
      for (int high = low + 1; high < ROOMS.length; high++) {
        above.add(ROOT + "." + ROOMS[high] + "..");
      }
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + ROOMS[low] + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above.toArray(String[]::new))
          .check(classes);
    }
  }

  @ArchTest static final ArchRule noPackageNeedsOneThatNeedsIt = Borders.NO_CYCLES;
}
