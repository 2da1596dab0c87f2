package io.fieldwatch.local.quarantine;

import static java.util.Comparator.comparing;

import io.fieldwatch.reading.DeviceId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What is in quarantine, counted by reason and device. For one thread. */
public final class Summary {
  /** As whose the messages of no known device are counted. */
  public static final String NO_DEVICE = "-";

  private final Set<String> replayed;
  private final Map<Key, Line> lines = new TreeMap<>();

  /**
   * @param replayed the ids of messages that were sent again
   */
  public Summary(Set<String> replayed) {
    this.replayed = replayed;
  }

  private record Key(String reason, String device) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return comparing(Key::reason).thenComparing(Key::device).compare(this, other);
    }
  }

  /**
   * The messages of one device that were refused for one reason.
   *
   * @param readings refused readings in them; empty where none could be decoded
   * @param replayed how many of the messages were sent again
   */
  public record Line(
      String reason,
      String device,
      long messages,
      OptionalLong readings,
      long replayed,
      Instant first,
      Instant last) {
    private Line plus(Line other) {
      OptionalLong sum =
          readings.isPresent() || other.readings.isPresent()
              ? OptionalLong.of(readings.orElse(0) + other.readings.orElse(0))
              : OptionalLong.empty();
      return new Line(
          reason,
          device,
          messages + other.messages,
          sum,
          replayed + other.replayed,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last);
    }
  }

  public void add(QuarantinedMessage message) {
    String device = message.device().map(DeviceId::key).orElse(NO_DEVICE);
    Line one =
        new Line(
            message.reason(),
            device,
            1,
            message.readings().isPresent()
                ? OptionalLong.of(message.readings().getAsInt())
                : OptionalLong.empty(),
            replayed.contains(message.id()) ? 1 : 0,
            message.time(),
            message.time());
    lines.merge(new Key(one.reason(), device), one, Line::plus);
  }

  /** By reason, then device. */
  public Collection<Line> lines() {
    return Collections.unmodifiableCollection(lines.values());
  }
}
