package io.fieldwatch.stream.device;

import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * A running event as fields of the message it belongs to, which says what number the first of them
 * has; none of them where there is no event.
 */
final class EventFields {
  private long openUntil = Emission.Event.NONE.openUntilMillis();
  private OptionalLong quietUntil = OptionalLong.empty();
  private double peak;

  static void write(WireWriter out, int first, Emission.Event event) {
    if (!event.equals(Emission.Event.NONE)) {
      out.signed(first, event.openUntilMillis());
      out.signed(first + 1, Double.doubleToRawLongBits(event.peak()));
      out.signed(first + 2, event.quietUntilMillis());
    }
  }

  /**
   * Reads the field at hand.
   *
   * @param place which of the event's fields it is, 0 the first
   */
  void readOne(WireReader in, int place) throws IOException {
    switch (place) {
      case 0 -> openUntil = in.signed();
      case 1 -> peak = Double.longBitsToDouble(in.signed());
      case 2 -> quietUntil = OptionalLong.of(in.signed());
      default -> in.skip();
    }
  }

  /** What the fields that were read say. */
  Emission.Event event() {
    // An older version's event does not say when it was told: at its last flag at the latest.
    return new Emission.Event(openUntil, quietUntil.orElse(openUntil), peak);
  }
}
