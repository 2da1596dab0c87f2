package io.fieldwatch.connect.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that run Kafka's servers with the class path that deploy/servers/kafka resolves. */
final class KafkaClassPath {
  private KafkaClassPath() {}

  static List<String> java(int heapMegabytes, String mainClass, String... arguments) {
    Path module = Path.of(System.getProperty("kafka.server.directory", "../deploy/servers/kafka"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-Dlog4j2.configurationFile=" + module.resolve("log4j2.xml").toAbsolutePath());
    command.add("-cp");
    command.add(read(module.resolve("target/classpath.txt")));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return command;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": build deploy/servers/kafka", e);
    }
  }
}
