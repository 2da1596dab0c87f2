package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.contract.Settings;
import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.Launch;
import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.process.PidFile;
import io.fieldwatch.local.stack.SparkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A system under test while it runs, alone on its core. */
final class SutProcess {
  /** The same for every system: how much memory, in which pages, which collector and compilers. */
  static final List<String> JAVA_OF_ALL =
      Stream.concat(
              Stream.of(
                  "-Xms2g",
                  "-Xmx4g",
                  "-XX:+UseParallelGC",
                  SparkOptions.HOLDING_STATE,
                  "-XX:-UsePerfData",
                  "-XX:+ExitOnOutOfMemoryError",
                  "-Djava.net.preferIPv4Stack=true"),
              SparkOptions.ON_FEW_CORES.stream())
          .toList();

  /** Stands in a system's options for those that Spark needs. */
  private static final String SPARK = "SPARK";

  private static final Duration STOP_BOUND = Duration.ofSeconds(60);
  private static final Duration END_BOUND = Duration.ofMinutes(10);
  private static final int TAIL_LINES = 12;

  private final ChildProcess process;
  private final LogFile log;

  private SutProcess(ChildProcess process, LogFile log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param folder its own; the log is there
   * @param recording where its flight recording goes, if one is wanted
   */
  static SutProcess start(Sut sut, Settings settings, Path folder, Optional<Path> recording)
      throws IOException {
    Files.createDirectories(settings.state());
    List<String> command = new ArrayList<>(Cores.onSystemCore());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OF_ALL);
    for (String option : sut.java()) {
      command.addAll(option.equals(SPARK) ? SparkOptions.ofBuild() : List.of(option));
    }
    recording.ifPresent(file -> command.addAll(recordingTo(file)));
    command.add("-cp");
    command.add(classPath(sut.module()));
    command.add(sut.mainClass());
    command.addAll(List.of(settings.arguments()));
    LogFile log = new LogFile(folder.resolve("log"));
    return new SutProcess(
        ChildProcess.start(
            new Launch(command, Map.of("SPARK_LOCAL_IP", "127.0.0.1"), folder),
            new PidFile(folder.resolve("pid")),
            log),
        log);
  }

  /** With lines between safepoints, or the samples fall on the wrong ones. */
  private static List<String> recordingTo(Path file) {
    return List.of(
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:+DebugNonSafepoints",
        "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file);
  }

  ProcessHandle handle() throws IOException {
    return ProcessHandle.of(process.pid())
        .orElseThrow(() -> new IOException("Cannot find the process: it has ended\n" + tail()));
  }

  /**
   * Waits for a program that ends by itself.
   *
   * @return the end of what it printed
   */
  String awaitEnd() throws IOException, InterruptedException {
    try {
      process.ended().get(END_BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Cannot wait for the program: it has not ended in " + END_BOUND, e);
    }
    return tail();
  }

  boolean isAlive() {
    return process.alive();
  }

  /** SIGTERM, and SIGKILL after a minute. */
  void stop() throws IOException, InterruptedException {
    process.stop(STOP_BOUND);
  }

  /** SIGKILL. */
  void kill() throws IOException, InterruptedException {
    process.kill();
  }

  /** The end of its log. */
  String tail() {
    return String.join("\n", log.tail(TAIL_LINES));
  }

  private static String classPath(Path module) throws IOException {
    Path target = module.resolve("target");
    return target.resolve("classes")
        + ":"
        + Files.readString(target.resolve("classpath.txt")).strip();
  }
}
