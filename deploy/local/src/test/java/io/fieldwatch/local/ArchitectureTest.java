package io.fieldwatch.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.fieldwatch.local");

  @Test
  void packages_are_free_of_cycles() {
    slices().matching("io.fieldwatch.local.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void the_arithmetic_of_the_audit_knows_no_framework() {
    noClasses()
        .that()
        .resideInAPackage("io.fieldwatch.local.audit")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "com.fasterxml..", "picocli..", "java.net..")
        .check(classes);
  }
}
