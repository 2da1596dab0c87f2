package io.fieldwatch.stream.job;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says which of a machine's drivers does the work. The operating system's lock on a file (POSIX
 * {@code fcntl}), so it is free the moment its process has ended, however that ended, and nothing
 * has to time out. It only spares drivers the fight: the ledger is what keeps a second one out.
 *
 * <p>The file must be on a local disk. It stays behind, empty; not being there or being old means
 * nothing. For one thread.
 */
final class DriverLock implements Closeable {
  private static final long POLL_MILLIS = 50;

  private final FileChannel file;
  private @Nullable FileLock lock;

  private DriverLock(FileChannel file) {
    this.file = file;
  }

  /** A lock that is not taken yet; makes the file and its folder. */
  static DriverLock on(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new DriverLock(
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Takes it if nobody has it. */
  boolean take() throws IOException {
    try {
      lock = lock == null ? file.tryLock() : lock;
      return lock != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  /** Takes it when it is free; blocks until then. */
  void await() throws IOException, InterruptedException {
    while (!take()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** As {@link #await}, but not longer than so long. */
  boolean take(Duration bound) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (!take()) {
      if (System.nanoTime() - begin > bound.toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** Gives it up, if it was taken. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
