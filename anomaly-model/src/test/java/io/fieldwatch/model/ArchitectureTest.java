package io.fieldwatch.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.fieldwatch.model");

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.fieldwatch.model.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTrainingAndCommandsKnowFrameworks() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.fieldwatch.model.training..",
            "io.fieldwatch.model.command..",
            "io.fieldwatch.model.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "scala..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void theStoreKnowsTheFileSystemAndNothingElseOfFrameworks() {
    noClasses()
        .that()
        .resideInAPackage("io.fieldwatch.model.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void featuresKnowNothingButTheJdk() {
    noClasses()
        .that()
        .resideInAPackage("io.fieldwatch.model.feature..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "org.jspecify..", "io.fieldwatch.model.feature..")
        .check(CLASSES);
  }
}
