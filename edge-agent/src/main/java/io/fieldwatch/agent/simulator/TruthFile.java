package io.fieldwatch.agent.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.agent.simulator.SimulatedDevice.SimulatedFault;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The truth about simulated faults, a CSV file {@code device,sensor,fault,from_ms,to_ms,magnitude};
 * {@code to_ms} is exclusive. A line is appended when a fault begins: how long it will last is
 * known then. A fault that is under way over a restart is not written twice; a line torn by a crash
 * is ended, and its fault written again.
 *
 * <p>Any thread.
 */
public final class TruthFile implements SimulatedDevice.FaultListener, Closeable {
  private static final String HEADER = "device,sensor,fault,from_ms,to_ms,magnitude";

  private final FileChannel channel;
  private final Set<String> recent = new HashSet<>();

  private TruthFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens or creates the file.
   *
   * @param nowMillis lines of faults that ended before are not looked at again
   */
  public static TruthFile open(Path file, long nowMillis) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    String old = Files.exists(file) ? Files.readString(file, UTF_8) : "";
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    TruthFile truth = new TruthFile(channel);
    if (old.isEmpty()) {
      truth.append(HEADER);
    } else if (!old.endsWith("\n")) {
      truth.append("");
    }
    truth.remember(old.lines().skip(1).toList(), nowMillis);
    return truth;
  }

  private void remember(List<String> lines, long nowMillis) {
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      if (fields.length == 6
          && fields[4].matches("\\d+")
          && Long.parseLong(fields[4]) > nowMillis) {
        recent.add(line);
      }
    }
  }

  @Override
  public synchronized void began(SimulatedFault fault) {
    String line =
        String.join(
            ",",
            fault.device().key(),
            fault.sensor(),
            fault.kind().code(),
            Long.toString(fault.fromMillis()),
            Long.toString(fault.toMillis()),
            Double.toString(fault.magnitude()));
    if (recent.remove(line)) {
      return;
    }
    try {
      append(line);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the truth about a fault: " + e.getMessage(), e);
    }
  }

  private void append(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
