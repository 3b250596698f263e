package io.drivemark.architectures;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.drivemark.testkit.Borders;

/** Which library may appear where, and which package may know which. */
@AnalyzeClasses(
    packages = "io.drivemark.architectures",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule djlIsInItsEngineAlone =
      onlyIn("io.drivemark.architectures.engine.pytorch..", "ai.djl..");

  @ArchTest
  static final ArchRule onnxRuntimeIsInItsEngineAlone =
      onlyIn("io.drivemark.architectures.engine.onnxruntime..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule openCvIsInItsEngineAlone =
      onlyIn("io.drivemark.architectures.engine.opencv..", "org.opencv..", "org.bytedeco..");

  @ArchTest
  static final ArchRule protobufIsWhereOnnxIsReadAndWritten =
      onlyIn("io.drivemark.architectures.onnx..", "com.google.protobuf..", "ai.onnx..");

  @ArchTest
  static final ArchRule theGraphKnowsNothingThatIsMadeOfIt =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.architectures.graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures.zoo..",
              "io.drivemark.architectures.onnx..",
              "io.drivemark.architectures.engine..",
              "io.drivemark.architectures.model..",
              "io.drivemark.architectures.pruning..",
              "io.drivemark.architectures.training..");

  @ArchTest
  static final ArchRule theZooIsGraphsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.architectures.zoo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures.onnx..",
              "io.drivemark.architectures.engine..",
              "io.drivemark.architectures.model..",
              "io.drivemark.architectures.pruning..",
              "io.drivemark.architectures.training..");

  @ArchTest
  static final ArchRule encodersKnowNoDecoderAndNoNetwork =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.architectures.zoo.encoder")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures.zoo.decoder", "io.drivemark.architectures.zoo.network");

  @ArchTest
  static final ArchRule decodersKnowEncodersByTheirInterface =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.architectures.zoo.decoder")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures.zoo.encoder", "io.drivemark.architectures.zoo.network");

  @ArchTest
  static final ArchRule enginesDoNotTrainAndDoNotPrune =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.architectures.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures.training..", "io.drivemark.architectures.pruning..");

  @ArchTest
  static final ArchRule cuesKnowNoNetworkNoFileAndNoRuntime =
      noClasses()
          .that()
          .resideInAPackage("io.drivemark.architectures.cue..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.drivemark.architectures.engine.(*)..",
              "io.drivemark.architectures.model..",
              "io.drivemark.architectures.onnx..",
              "io.drivemark.architectures.pruning..",
              "io.drivemark.architectures.training..",
              "io.drivemark.eval..");

  @ArchTest static final ArchRule noPackageNeedsOneThatNeedsIt = Borders.NO_CYCLES;

  private static ArchRule onlyIn(String home, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }
}
