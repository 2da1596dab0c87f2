package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.DataDirectory;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is missing or wrong, and how to mend it. */
@Command(
    name = "doctor",
    description = "Looks for what is missing or wrong, and says how to mend it; exits 1 if any.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch doctor"})
public final class DoctorCommand implements Callable<Integer> {
  private static final long NEEDED_MEBIBYTES = 3_500;
  private static final long NEEDED_DISK_BYTES = 2L << 30;
  private static final List<String> BUILT =
      List.of(
          "connect-plugins/target/fieldwatch-connect-plugins.zip",
          "deploy/servers/hdfs/target/classpath.txt",
          "deploy/servers/kafka/target/classpath.txt",
          "edge-agent/target/edge-agent.jar",
          "stream-processor/target/classpath.txt");

  @Mixin private StackOption stackOption = new StackOption();

  private final List<String> wrong = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    program("mosquitto", "apt-get install mosquitto");
    program("influxd", "apt-get install influxdb");
    program("mvn", "apt-get install maven");
    check(
        Files.isExecutable(Path.of("/usr/bin/setsid")),
        "setsid",
        "without it Ctrl-C reaches all servers at once; apt-get install util-linux");
    memory();
    disk();
    built();
    processes();
    return wrong.isEmpty() ? 0 : 1;
  }

  private void program(String name, String mend) {
    check(Programs.find(name).isPresent(), name, "not on the PATH; " + mend);
  }

  private void memory() throws IOException {
    Path memInfo = Path.of("/proc/meminfo");
    if (!Files.exists(memInfo)) {
      return;
    }
    long mebibytes =
        Files.readAllLines(memInfo).stream()
            .filter(line -> line.startsWith("MemAvailable:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
            .findFirst()
            .orElse(NEEDED_MEBIBYTES);
    check(
        mebibytes >= NEEDED_MEBIBYTES || isRunning(),
        "memory, %,d MiB available".formatted(mebibytes),
        "the stack wants about %,d MiB; close other programs".formatted(NEEDED_MEBIBYTES));
  }

  private void disk() throws IOException {
    Path root = stackOption.installation().root();
    long free = Files.getFileStore(root).getUsableSpace();
    check(
        free >= NEEDED_DISK_BYTES,
        "disk, %,d MiB free".formatted(free >> 20),
        "an hour of the stack wants about 2 GiB; make room, or use --dir on another disk");
  }

  private void built() {
    Installation installation = stackOption.installation();
    for (String file : BUILT) {
      check(
          Files.exists(installation.root().resolve(file)),
          file,
          "not built; ./mvnw -q -Dquick -DskipTests package");
    }
  }

  private void processes() throws IOException {
    DataDirectory data = stackOption.data();
    if (isRunning()) {
      for (String name : data.startedNames()) {
        check(
            data.pidFile(name).process().isPresent(),
            name + " process",
            "gone; see " + data.log(name).path());
      }
      return;
    }
    List<String> leftOver =
        data.startedNames().stream()
            .filter(name -> data.pidFile(name).process().isPresent())
            .toList();
    check(
        leftOver.isEmpty(),
        "no stack is running",
        "a killed launcher left " + leftOver + " behind; ./fieldwatch down ends them");
  }

  private boolean isRunning() {
    return stackOption.data().launcherPidFile().process().isPresent();
  }

  private void check(boolean well, String what, String mend) {
    System.out.println(well ? "  ok     " + what : "  WRONG  " + what + ": " + mend);
    if (!well) {
      wrong.add(what);
    }
  }
}
