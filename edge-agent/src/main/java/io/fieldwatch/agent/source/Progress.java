package io.fieldwatch.agent.source;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.reading.PackId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How many rows of a file have been published, exact even if the process is killed.
 *
 * <p>Before a pack is written, the file says which rows it will hold and which identity it will
 * have. After a crash the spool knows whether a pack of that identity was written, and with it
 * whether those rows are published. After a power failure the spool begins a new epoch; nobody
 * knows how many packs it lost, and the file is published again from its first row.
 *
 * <p>One file is known at a time: who publishes several finishes the {@link #known()} one before
 * another, or it begins again from its first row.
 *
 * <p>The file is one line: {@code epoch seq rowsBefore rowsAfter identity}. One thread.
 */
public final class Progress {
  private static final int FIELDS = 5;

  private final Path file;

  public Progress(Path file) {
    this.file = requireNonNull(file, "file is null");
  }

  /** What identifies a file: another size or time makes it another file. */
  public static String identityOf(Path file) throws IOException {
    return Files.size(file)
        + " "
        + Files.getLastModifiedTime(file).toMillis()
        + " "
        + file.getFileName();
  }

  /** The identity of the file whose rows were noted last; empty if none were. */
  public Optional<String> known() throws IOException {
    String[] fields = read().split(" ", FIELDS);
    return fields.length < FIELDS ? Optional.empty() : Optional.of(fields[4]);
  }

  /**
   * How many rows of a file are published.
   *
   * @param identity {@link #identityOf(Path)}
   * @param next the identity the spool will give to the next pack
   */
  public long publishedRows(String identity, PackId next) throws IOException {
    String[] fields = read().split(" ", FIELDS);
    if (fields.length < FIELDS || !fields[4].equals(identity) || !fields[0].equals(next.epoch())) {
      return 0;
    }
    boolean packWasWritten = next.seq() > Long.parseLong(fields[1]);
    return Long.parseLong(packWasWritten ? fields[3] : fields[2]);
  }

  private String read() throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Notes that the pack to be written next holds these rows of the file. */
  public void willWrite(String identity, long rowsBefore, long rowsAfter, PackId id)
      throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        next, "%s %d %d %d %s".formatted(id.epoch(), id.seq(), rowsBefore, rowsAfter, identity));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
