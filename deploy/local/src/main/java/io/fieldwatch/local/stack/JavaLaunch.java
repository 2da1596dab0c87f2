package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together the command of a JVM of the same JDK as ours. */
final class JavaLaunch {
  private final List<String> command = new ArrayList<>();

  private final Map<String, String> environment = new HashMap<>();

  private JavaLaunch(int heapMegabytes) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    // Saves a memory-mapped file per JVM, which costs pauses on a busy disk.
    command.add("-XX:-UsePerfData");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Djava.net.preferIPv4Stack=true");
  }

  static JavaLaunch withHeap(int megabytes) {
    return new JavaLaunch(megabytes);
  }

  /** For processes that start often and work little: start-up counts more than speed. */
  JavaLaunch quickStart() {
    return options(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  }

  /** For processes that carry the load beside others on few cores. */
  JavaLaunch steady() {
    return options(List.of("-XX:+UseSerialGC"));
  }

  JavaLaunch options(List<String> options) {
    command.addAll(options);
    return this;
  }

  JavaLaunch environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  JavaLaunch classPath(String... entries) {
    command.add("-cp");
    command.add(String.join(":", entries));
    return this;
  }

  /** Closes the command: the main class, or {@code -jar FILE}, and what it is called with. */
  Launch run(Path workingDirectory, String... mainAndArguments) {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(mainAndArguments));
    return new Launch(whole, environment, workingDirectory);
  }
}
