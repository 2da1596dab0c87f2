package io.fieldwatch.local.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running child. It has its own session, so that Ctrl-C in a terminal reaches the starter only,
 * which then stops its children in order. If the starter is killed the child lives on, and its
 * {@link PidFile} names it.
 */
public final class ChildProcess {
  /** A kill -9 is not refused, but a process that waits for a disk may take this long to go. */
  private static final Duration KILL_BOUND = Duration.ofSeconds(20);

  private static final Path SET_SESSION = Path.of("/usr/bin/setsid");
  private static final Logger LOG = System.getLogger(ChildProcess.class.getName());

  private final Process process;
  private final PidFile pidFile;

  private ChildProcess(Process process, PidFile pidFile) {
    this.process = process;
    this.pidFile = pidFile;
  }

  /**
   * Starts it with both outputs appended to the log and no input. Does not wait for anything. What
   * its pid file cannot name does not go on.
   */
  public static ChildProcess start(Launch launch, PidFile pidFile, LogFile log) throws IOException {
    log.prepare();
    ProcessBuilder builder =
        new ProcessBuilder(inOwnSession(launch.command()))
            .directory(launch.workingDirectory().toFile())
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.appendTo(log.path().toFile()));
    builder.environment().putAll(launch.environment());
    Process process = builder.start();
    try {
      pidFile.write(process.toHandle());
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
    return new ChildProcess(process, pidFile);
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if it fails or does not end within the bound, with the end of its log
   */
  public static void run(Launch launch, PidFile pidFile, LogFile log, Duration bound)
      throws IOException, InterruptedException {
    ChildProcess child = start(launch, pidFile, log);
    try {
      if (!child.process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("Cannot finish %s within %s".formatted(launch.command(), bound));
      }
    } finally {
      child.kill();
    }
    if (child.process.exitValue() != 0) {
      throw new IOException(
          "Cannot run %s: exit code %d. Its log %s ends:%n%s"
              .formatted(
                  launch.command().get(0),
                  child.process.exitValue(),
                  log.path(),
                  String.join("\n", log.tail(10))));
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Its exit code once it has ended; 128 + signal where a signal ended it. */
  public OptionalInt exitCode() {
    return alive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Completes, on a thread of the JDK's, when it has ended. */
  public CompletableFuture<ChildProcess> ended() {
    return process.onExit().thenApply(ended -> this);
  }

  /** SIGTERM, and SIGKILL if it has not ended after the bound. Blocks until it has ended. */
  public void stop(Duration bound) throws IOException, InterruptedException {
    stop(process.toHandle(), bound);
    deletePidFile();
  }

  /** SIGKILL. Blocks until it has ended. */
  public void kill() throws IOException, InterruptedException {
    stop(process.toHandle(), Duration.ZERO);
    deletePidFile();
  }

  /** The process has ended whatever becomes of its file, which names no living process now. */
  private void deletePidFile() {
    try {
      pidFile.delete();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Cannot delete the file of an ended process: {0}", e.toString());
    }
  }

  /** As {@link #stop(Duration)} for a process that a former starter left behind. */
  public static void stop(ProcessHandle process, Duration bound)
      throws IOException, InterruptedException {
    if (!bound.isZero()) {
      process.destroy();
    }
    if (!endsWithin(process, bound)) {
      process.destroyForcibly();
      if (!endsWithin(process, KILL_BOUND)) {
        throw new IOException("Cannot kill process " + process.pid() + ": it is still there");
      }
    }
  }

  private static boolean endsWithin(ProcessHandle process, Duration bound)
      throws InterruptedException {
    try {
      process.onExit().get(bound.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return !process.isAlive();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> inOwnSession(List<String> command) {
    if (!Files.isExecutable(SET_SESSION)) {
      return command;
    }
    // setsid(1) replaces itself by the command, so the pid is the command's.
    List<String> whole = new ArrayList<>(command.size() + 1);
    whole.add(SET_SESSION.toString());
    whole.addAll(command);
    return whole;
  }
}
