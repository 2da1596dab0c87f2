package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of the stack. Safe for several threads; {@code start}, {@code stop}, {@code kill} and
 * {@code restart} block, one at a time. A stop interrupts a start that another thread is waiting
 * for.
 */
public final class Component {
  /** What a component is doing. */
  public enum State {
    /** Not started, or gone as asked. */
    STOPPED,
    /** Started; does not serve yet. */
    STARTING,
    /** Serves. */
    READY,
    /** Gone unasked. */
    DIED
  }

  private static final long POLL_MILLIS = 100;
  private static final int TAIL_LINES = 15;

  private final Service service;
  private final DataDirectory data;
  private final StackListener listener;
  private final Consumer<Component> whenDied;
  private final ReentrantLock operation = new ReentrantLock();

  private volatile State state = State.STOPPED;
  private volatile @Nullable ChildProcess process;
  private volatile Duration startTime = Duration.ZERO;

  /** Cleared by a stop before it waits for its turn, so that a running start gives up. */
  private volatile boolean wanted;

  private volatile boolean retired;

  Component(
      Service service, DataDirectory data, StackListener listener, Consumer<Component> whenDied) {
    this.service = service;
    this.data = data;
    this.listener = listener;
    this.whenDied = whenDied;
  }

  public String name() {
    return service.name();
  }

  public State state() {
    return state;
  }

  /** How long its last start took, until it served. */
  public Duration startTime() {
    return startTime;
  }

  /** The pid of the living process. */
  public OptionalLong pid() {
    ChildProcess current = process;
    return current != null && current.alive()
        ? OptionalLong.of(current.pid())
        : OptionalLong.empty();
  }

  /** The exit code of the process that ran last; 128 + signal where a signal ended it. */
  public OptionalInt exitCode() {
    ChildProcess current = process;
    return current == null ? OptionalInt.empty() : current.exitCode();
  }

  public Path logFile() {
    return log().path();
  }

  /** The last lines of its log. */
  public List<String> logTail(int lines) {
    return log().tail(lines);
  }

  /**
   * Starts it and waits until it serves; does nothing if it serves already. What it needs must be
   * up.
   *
   * @throws ComponentException if it ends, or does not serve within its bound
   */
  public void start() throws IOException, InterruptedException {
    operation.lockInterruptibly();
    try {
      if (retired) {
        throw new ComponentException("Cannot start " + name() + ": its stack was closed");
      }
      if (state == State.READY && pid().isPresent()) {
        return;
      }
      wanted = true;
      long began = System.nanoTime();
      state = State.STARTING;
      listener.starting(this);
      launchAndAwait();
      startTime = Duration.ofNanos(System.nanoTime() - began);
      state = State.READY;
      listener.ready(this, startTime);
      watch();
    } catch (IOException | InterruptedException | RuntimeException e) {
      endFailedStart();
      throw e;
    } finally {
      operation.unlock();
    }
  }

  /** SIGTERM, and SIGKILL if it is still there after its bound. Waits until it is gone. */
  public void stop() throws IOException, InterruptedException {
    end(service.stopBound());
  }

  /** SIGKILL, as {@code kill -9}. Waits until it is gone. Nobody restarts it but the caller. */
  public void kill() throws IOException, InterruptedException {
    end(Duration.ZERO);
  }

  /** {@link #stop()} for good: a start that comes later is refused. */
  void retire() throws IOException, InterruptedException {
    retired = true;
    stop();
  }

  /** {@link #stop()}, then {@link #start()}. */
  public void restart() throws IOException, InterruptedException {
    stop();
    start();
  }

  private void launchAndAwait() throws IOException, InterruptedException {
    ChildProcess started = ChildProcess.start(service.launch(), data.pidFile(name()), log());
    process = started;
    awaitReady(started);
    service.whenReady();
  }

  private void awaitReady(ChildProcess started) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + service.startBound().toNanos();
    IOException notYet = null;
    while (true) {
      if (!wanted) {
        throw new ComponentException("Cannot finish the start of " + name() + ": it was stopped");
      }
      if (!started.alive()) {
        throw failure("it ended with exit code " + started.exitCode().orElse(-1), notYet);
      }
      try {
        if (service.isReady()) {
          return;
        }
      } catch (IOException e) {
        notYet = e;
      } catch (IllegalStateException hopeless) {
        throw failure(String.valueOf(hopeless.getMessage()), hopeless);
      }
      if (System.nanoTime() > giveUp) {
        String why = "it does not serve after " + service.startBound().toSeconds() + " s";
        throw failure(notYet == null ? why : why + " (" + notYet.getMessage() + ")", notYet);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private ComponentException failure(String why, @Nullable Throwable cause) {
    String message =
        "Cannot start %s: %s. Its log %s ends:%n%s"
            .formatted(name(), why, logFile(), String.join("\n", logTail(TAIL_LINES)));
    return cause == null ? new ComponentException(message) : new ComponentException(message, cause);
  }

  private void endFailedStart() throws IOException {
    boolean interrupted = Thread.interrupted();
    ChildProcess current = process;
    try {
      if (current != null) {
        current.kill();
      }
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      state = wanted ? State.DIED : State.STOPPED;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void end(Duration bound) throws IOException, InterruptedException {
    wanted = false;
    operation.lockInterruptibly();
    try {
      ChildProcess current = process;
      if (current != null) {
        current.stop(bound);
      }
      if (state != State.STOPPED) {
        state = State.STOPPED;
        listener.stopped(this);
      }
    } finally {
      operation.unlock();
    }
  }

  private void watch() {
    ChildProcess watched = process;
    if (watched != null) {
      var unused = watched.ended().thenAccept(this::ended);
    }
  }

  /** On a thread of the JDK's. A process that was replaced or stopped meanwhile is no news. */
  private void ended(ChildProcess ended) {
    if (wanted && process == ended && state == State.READY) {
      state = State.DIED;
      listener.died(this);
      whenDied.accept(this);
    }
  }

  private LogFile log() {
    return data.log(name());
  }

  @Override
  public String toString() {
    return name() + " " + state;
  }
}
