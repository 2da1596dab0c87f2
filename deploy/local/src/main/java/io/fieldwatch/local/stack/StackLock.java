package io.fieldwatch.local.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One launcher per data directory. The system frees the lock when the launcher dies. */
final class StackLock implements AutoCloseable {
  private final FileChannel channel;
  private final DataDirectory data;

  private StackLock(FileChannel channel, DataDirectory data) {
    this.channel = channel;
    this.data = data;
  }

  static StackLock acquire(DataDirectory data) throws IOException {
    Files.createDirectories(data.lockFile().getParent());
    FileChannel channel =
        FileChannel.open(data.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IOException(
          "Cannot start in %s: a stack runs there%s. Look at it with ./fieldwatch status, or stop it with ./fieldwatch down"
              .formatted(
                  data.path(),
                  data.launcherPidFile().process().map(p -> ", pid " + p.pid()).orElse("")));
    }
    data.launcherPidFile().write(ProcessHandle.current());
    return new StackLock(channel, data);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    data.launcherPidFile().delete();
    channel.close();
  }
}
