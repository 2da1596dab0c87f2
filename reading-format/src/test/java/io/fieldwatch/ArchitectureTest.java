package io.fieldwatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.fieldwatch");

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.fieldwatch.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheCodecsKnowTheParser() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.fieldwatch.decode", "io.fieldwatch.senml", "io.fieldwatch.status")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void nothingNeedsAFramework() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "io.fieldwatch..", "com.fasterxml..", "org.jspecify..")
        .check(CLASSES);
  }
}
