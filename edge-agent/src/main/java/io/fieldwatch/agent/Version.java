package io.fieldwatch.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The agent's version, as built. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"edge-agent " + text()};
  }

  static String text() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("agent.properties")) {
      if (in == null) {
        throw new IllegalStateException("Cannot find agent.properties in the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
