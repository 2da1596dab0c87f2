package io.fieldwatch.stream.ledger;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/** Files in memory with the rules of HDFS: one writer, who loses the last file to the next one. */
public final class MemoryJournals {
  private final SortedMap<Long, StringBuilder> files = new TreeMap<>();

  /** How much of each file has reached the disk. */
  private final Map<Long, Integer> synced = new ConcurrentHashMap<>();

  private boolean away;

  /** While it is away every write fails, after it may have reached the disk in part. */
  public void goAway() {
    away = true;
  }

  public void comeBack() {
    away = false;
  }

  /** All that was not brought to the disk is lost. */
  public void cutPower() {
    files.forEach((number, text) -> text.setLength(synced.getOrDefault(number, 0)));
  }

  public SortedMap<Long, String> texts() {
    SortedMap<Long, String> texts = new TreeMap<>();
    files.forEach((number, text) -> texts.put(number, text.toString()));
    return texts;
  }

  public String text(long number) {
    return String.valueOf(files.get(number));
  }

  /** What one driver sees. */
  public Journals driver() {
    return new Driver();
  }

  private final class Driver implements Journals {
    private long created;

    @Override
    public Journal begin(long last, LongFunction<String> lines) throws IOException {
      requireThere();
      long newest = files.isEmpty() ? 0 : files.lastKey();
      if (newest > Math.max(last, created)) {
        throw new FencedException("file %d is there".formatted(newest));
      }
      created = newest + 1;
      StringBuilder text = new StringBuilder(lines.apply(created));
      files.put(created, text);
      return new File(created, text);
    }

    @Override
    public void removeBefore(long term) {
      files.headMap(term).clear();
    }
  }

  private final class File implements Journals.Journal {
    private final long term;
    private final StringBuilder text;

    File(long term, StringBuilder text) {
      this.term = term;
      this.text = text;
    }

    @Override
    public long term() {
      return term;
    }

    @Override
    public void append(String lines) throws IOException {
      if (away) {
        text.append(lines, 0, lines.length() / 2);
      }
      requireThere();
      if (files.lastKey() != term) {
        throw new IOException("lease lost");
      }
      text.append(lines);
    }

    @Override
    public void sync() throws IOException {
      requireThere();
      synced.put(term, text.length());
    }

    @Override
    public void close() {}
  }

  private void requireThere() throws IOException {
    if (away) {
      throw new IOException("away");
    }
  }
}
