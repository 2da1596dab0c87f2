package io.fieldwatch.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The file that takes a process's output. Grows while the process runs; turned over at a start. */
public record LogFile(Path path) {
  private static final long TURN_OVER_BYTES = 64L << 20;
  private static final int TAIL_BYTES = 64 << 10;

  /** Before a start: makes the folder, and moves a large file to {@code NAME.1}. */
  void prepare() throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    if (size() > TURN_OVER_BYTES) {
      Path old = path.resolveSibling(path.getFileName() + ".1");
      Files.move(path, old, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Bytes now; 0 where there is no file. */
  public long size() {
    return path.toFile().length();
  }

  /** The last lines, at most this many; empty where there is no file. */
  public List<String> tail(int lines) {
    List<String> all = textFrom(Math.max(0, size() - TAIL_BYTES)).lines().toList();
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  /** Whether what was written after a position contains a text. */
  public boolean containsAfter(long position, String text) {
    return textFrom(position).contains(text);
  }

  /** The first match of a pattern in what was written after a position. */
  public Optional<String> firstAfter(long position, String regex) {
    return Pattern.compile(regex)
        .matcher(textFrom(position))
        .results()
        .map(MatchResult::group)
        .findFirst();
  }

  private String textFrom(long position) {
    try (RandomAccessFile log = new RandomAccessFile(path.toFile(), "r")) {
      log.seek(Math.min(position, log.length()));
      byte[] bytes =
          new byte[(int) Math.min(Integer.MAX_VALUE - 8, log.length() - log.getFilePointer())];
      log.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException missing) {
      return "";
    }
  }
}
