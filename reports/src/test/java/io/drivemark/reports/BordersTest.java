package io.drivemark.reports;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.testkit.Borders;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.text.DecimalFormat;
import java.util.Formatter;

/** The whole line of modules is on this module's class path, so its borders are held here. */
@AnalyzeClasses(packages = "io.drivemark", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule commandLineIsLastInTheLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.cli..");

  @ArchTest
  static final ArchRule nothingBeforeReportsKnowsReports =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.drivemark.cli..", "io.drivemark.reports..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.reports..");

  @ArchTest
  static final ArchRule tablesPagesAndTerminalOnlyInReports =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.drivemark.cli..", "io.drivemark.reports..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("tech.tablesaw..", "gg.jte..", "picocli..", "me.tongfei..");

  @ArchTest
  static final ArchRule optionsAreReadOnlyInTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "me.tongfei..");

  @ArchTest
  static final ArchRule reportsTouchNoNativeLibrary =
      noClasses()
          .that()
          .resideInAnyPackage("io.drivemark.reports..", "io.drivemark.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "ai.onnxruntime..", "org.bytedeco..", "org.opencv..");

  @ArchTest
  static final ArchRule commandsAreNoApi =
      classes()
          .that()
          .resideInAPackage("io.drivemark.cli..")
          .and()
          .doNotHaveSimpleName("Main")
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic();

  @ArchTest
  static final ArchRule nothingBeforeDecisionsKnowsThem =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.drivemark.cli..",
              "io.drivemark.reports..",
              "io.drivemark.eval.history..",
              "io.drivemark.eval.decide..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.eval.decide..");

  @ArchTest
  static final ArchRule whatOthersPublishedIsOnlyShown =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.reports.published")
          .and()
          .haveSimpleNameNotContaining("ublished")
          .and()
          .doNotHaveSimpleName("ListRows")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drivemark.reports.published")
          .because("nothing that orders, averages or decides may see numbers that others measured");

  @ArchTest
  static final ArchRule numbersAndLettersDoNotDependOnTheLocale =
      noClasses()
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "format", String.class, Object[].class)
          .orShould()
          .callConstructor(Formatter.class)
          .orShould()
          .callConstructor(DecimalFormat.class, String.class)
          .because("a number or a key would be written otherwise under another locale");

  @ArchTest
  static final ArchRule jsonIsWrittenInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.drivemark.config.JsonText")
          .should()
          .callMethod(ObjectMapper.class, "writerWithDefaultPrettyPrinter")
          .orShould()
          .callMethod(JsonNode.class, "toPrettyString")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(PrettyPrinter.class)
          .because("Jackson's own indentation ends lines as the platform does");

  @ArchTest
  static final ArchRule digestsAreMadeInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.drivemark.files.Digests")
          .should()
          .callMethod(MessageDigest.class, "getInstance", String.class);

  @ArchTest
  static final ArchRule filesAreWrittenInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.drivemark.files", "io.drivemark.testkit..")
          .should()
          .callMethodWhere(
              target(owner(type(Files.class)))
                  .and(target(nameMatching("write|writeString|newOutputStream|newBufferedWriter"))))
          .because("a file that is written in place is half a file when the program is stopped");

  /** The folder of natives is made with rights of its own before it has its name. */
  @ArchTest
  static final ArchRule namesAreGivenInOneStepInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drivemark.files")
          .and()
          .doNotHaveSimpleName("OnnxRuntimeNatives")
          .should()
          .accessField(StandardCopyOption.class, "ATOMIC_MOVE");

  @ArchTest static final ArchRule noPackageNeedsOneThatNeedsIt = Borders.NO_CYCLES;
}
