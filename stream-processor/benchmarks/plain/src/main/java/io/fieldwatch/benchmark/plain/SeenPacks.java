package io.fieldwatch.benchmark.plain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which packs of one device were seen: for each epoch the greatest seq and a bitmap of the {@value
 * #REACH} up to it (RFC 6479). What is older counts as seen. Not thread safe.
 */
public final class SeenPacks {
  private static final int REACH = 256;
  private static final int WORDS = REACH / Long.SIZE;

  private final Map<String, Sliding> epochs = new HashMap<>(2);

  private static final class Sliding {
    private long greatest;

    /** A ring: seq {@code s} is bit {@code s mod REACH}. */
    private final long[] bits = new long[WORDS];

    boolean add(long seq) {
      if (seq <= greatest - REACH) {
        return false;
      }
      for (long passed = Math.max(greatest, seq - REACH) + 1; passed <= seq; passed++) {
        bits[word(passed)] &= ~bit(passed);
      }
      greatest = Math.max(greatest, seq);
      boolean isNew = (bits[word(seq)] & bit(seq)) == 0;
      bits[word(seq)] |= bit(seq);
      return isNew;
    }

    private static int word(long seq) {
      return (int) (seq / Long.SIZE % WORDS);
    }

    private static long bit(long seq) {
      return 1L << (seq % Long.SIZE);
    }
  }

  /** Adds a pack, and says whether it is new. */
  public boolean add(String epoch, long seq) {
    return epochs.computeIfAbsent(epoch, unseen -> new Sliding()).add(seq);
  }

  public SeenPacks copy() {
    SeenPacks copy = new SeenPacks();
    epochs.forEach(
        (epoch, sliding) -> {
          Sliding same = new Sliding();
          same.greatest = sliding.greatest;
          System.arraycopy(sliding.bits, 0, same.bits, 0, WORDS);
          copy.epochs.put(epoch, same);
        });
    return copy;
  }

  /** Writes what {@link #read} reads. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(epochs.size());
    for (Map.Entry<String, Sliding> entry : epochs.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue().greatest);
      for (long word : entry.getValue().bits) {
        out.writeLong(word);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static SeenPacks read(DataInput in) throws IOException {
    SeenPacks seen = new SeenPacks();
    for (int left = in.readInt(); left > 0; left--) {
      Sliding sliding = new Sliding();
      seen.epochs.put(in.readUTF(), sliding);
      sliding.greatest = in.readLong();
      for (int i = 0; i < WORDS; i++) {
        sliding.bits[i] = in.readLong();
      }
    }
    return seen;
  }
}
