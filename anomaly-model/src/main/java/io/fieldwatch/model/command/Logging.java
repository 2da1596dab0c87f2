package io.fieldwatch.model.command;

/** What libraries say of themselves. */
final class Logging {
  private static final String CONFIGURATION = "log4j2.configurationFile";

  private Logging() {}

  /** Only what goes wrong, unless the user has configured it; before anything logs. */
  static void quiet() {
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, "classpath:io/fieldwatch/model/training/log4j2.properties");
    }
  }
}
