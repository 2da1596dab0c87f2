package io.fieldwatch.agent.source;

import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a source writes in memory; can refuse like a killed process. */
public final class RecordingWriter implements PackWriter {
  private final String epoch;
  private final List<List<Reading>> packs = new ArrayList<>();
  private int refuseFrom = Integer.MAX_VALUE;
  private Hook hook = readings -> {};

  /** What is done before a pack is written; it may throw in place of the disk. */
  @FunctionalInterface
  public interface Hook {
    void beforePack(List<Reading> readings) throws IOException;
  }

  public RecordingWriter() {
    this("epoch");
  }

  public RecordingWriter(String epoch) {
    this.epoch = epoch;
  }

  /** Every pack after so many is refused. */
  public synchronized void refuseAfter(int count) {
    refuseFrom = count;
  }

  public synchronized void beforeEachPack(Hook action) {
    hook = action;
  }

  @Override
  public synchronized PackId nextId() {
    return new PackId(epoch, packs.size() + 1);
  }

  @Override
  public synchronized void write(List<Reading> readings) throws IOException {
    if (readings.isEmpty() || readings.size() > MAX_READINGS) {
      throw new IllegalArgumentException("Invalid pack of " + readings.size() + " readings");
    }
    hook.beforePack(readings);
    if (packs.size() >= refuseFrom) {
      throw new IOException("refused");
    }
    packs.add(List.copyOf(readings));
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void sync() {
    // Memory needs none.
  }

  /** What was written so far. */
  public synchronized List<List<Reading>> packs() {
    return List.copyOf(packs);
  }
}
