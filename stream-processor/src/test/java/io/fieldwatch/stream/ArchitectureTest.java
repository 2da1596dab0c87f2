package io.fieldwatch.stream;

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
          .importPackages("io.fieldwatch.stream");

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.fieldwatch.stream.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void thinkingCodeImportsNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..stream.window",
            "..stream.dedup",
            "..stream.device",
            "..stream.partition",
            "..stream.ledger")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..",
            "org.apache.kafka..",
            "org.apache.hadoop..",
            "org.influxdb..",
            "okhttp3..",
            "com.fasterxml..",
            "scala..")
        .check(CLASSES);
  }
}
