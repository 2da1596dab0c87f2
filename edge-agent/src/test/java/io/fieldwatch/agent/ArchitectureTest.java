package io.fieldwatch.agent;

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
          .importPackages("io.fieldwatch.agent");

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.fieldwatch.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theSpoolAndTheSimulatorImportNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage("..agent.spool..", "..agent.simulator..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.eclipse.paho..", "oshi..", "com.sun.jna..", "org.snakeyaml..", "picocli..")
        .check(CLASSES);
  }
}
