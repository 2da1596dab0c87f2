package io.fieldwatch.connect;

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
          .importPackages("io.fieldwatch.connect");

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.fieldwatch.connect.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void thinkingCodeKnowsNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage("io.fieldwatch.connect.ack", "io.fieldwatch.connect.route")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..",
            "org.jspecify..",
            "io.fieldwatch.connect.ack",
            "io.fieldwatch.connect.route",
            "io.fieldwatch.reading",
            "io.fieldwatch.topic")
        .check(CLASSES);
  }
}
