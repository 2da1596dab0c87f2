package io.fieldwatch.connect.mqtt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version this was built as. */
final class Version {
  private Version() {}

  static String current() {
    Properties properties = new Properties();
    try (InputStream in =
        requireNonNull(
            Version.class.getResourceAsStream("version.properties"),
            "version.properties is missing from the jar")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read version.properties from the jar", e);
    }
    return properties.getProperty("version", "unknown");
  }
}
