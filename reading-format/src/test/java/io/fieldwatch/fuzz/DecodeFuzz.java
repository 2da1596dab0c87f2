package io.fieldwatch.fuzz;

import io.fieldwatch.decode.DecoderRule;
import io.fieldwatch.decode.Decoders;
import io.fieldwatch.decode.Format;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackDecoder.Limits;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatusJson;
import io.fieldwatch.topic.TopicFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whatever bytes a device sends: a pack comes out or a refusal, the scanner and the parser agree,
 * and what came out can be written and read again. The first byte chooses the reader, the rest is
 * the message. One process decodes millions of messages with the same decoders, as the job does.
 */
public final class DecodeFuzz {
  private static final DeviceId DEVICE = new DeviceId("lab", "x1");
  private static final Limits LIMITS = new Limits(4096, 50);
  private static final long INGESTED = 1_700_000_000_000L;
  private static final String SENML = "fieldwatch/lab/x1/telemetry";
  private static final String JSON = "fieldwatch/shed/x1/telemetry";

  private final Decoders decoders =
      new Decoders(List.of(new DecoderRule(new TopicFilter(JSON), Format.Json.DEFAULT)), LIMITS);
  private final PackDecoder scanning = new PackDecoder(LIMITS);

  /** What was read fits when it is written again, though it may be longer. */
  private final PackDecoder rereading = new PackDecoder(Limits.DEFAULT);

  private final PackDecoder parsing = PackDecoder.byParserAlone(LIMITS);
  private final PackBuffer buffer = new PackBuffer();

  private static final DecodeFuzz FUZZ = new DecodeFuzz();

  private DecodeFuzz() {}

  /** Called by the fuzzer with one input after the other; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] message = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0] & 3) {
      case 0 -> FUZZ.json(message);
      case 1 -> status(message);
      default -> FUZZ.senml(message);
    }
  }

  private void senml(byte[] message) {
    Outcome scanned = outcome(scanning, message);
    if (!scanned.equals(outcome(parsing, message))) {
      throw new IllegalStateException("The scanner and the parser differ: " + scanned);
    }
    if (scanned.pack().isPresent()) {
      Pack pack = scanned.pack().get();
      require(outcome(rereading, SenmlWriter.toJson(pack)), pack);
      require(outcome(rereading, SenmlWriter.toCbor(pack)), pack);
    }
    decode(SENML, message);
  }

  private void json(byte[] message) {
    decode(JSON, message);
  }

  private void decode(String topic, byte[] message) {
    try {
      decoders.decode(topic, message, DEVICE, INGESTED, buffer);
      if (buffer.toPack().readings().size() > LIMITS.maxReadings()) {
        throw new IllegalStateException("More readings than the bound");
      }
    } catch (PackRejectedException e) {
      requireFit(e);
    }
  }

  private static void status(byte[] message) {
    DeviceStatus status;
    try {
      status = DeviceStatusJson.read(message);
    } catch (IllegalArgumentException e) {
      return;
    }
    if (!DeviceStatusJson.read(DeviceStatusJson.write(status)).equals(status)) {
      throw new IllegalStateException("A status reads back differently");
    }
  }

  /** A pack, or the words of its refusal. */
  private record Outcome(Optional<Pack> pack, String refusal) {}

  private Outcome outcome(PackDecoder decoder, byte[] message) {
    try {
      decoder.decode(message, DEVICE, buffer);
      return new Outcome(Optional.of(buffer.toPack()), "");
    } catch (PackRejectedException e) {
      requireFit(e);
      return new Outcome(Optional.empty(), e.reason() + ": " + e.getMessage());
    }
  }

  /** Its words stand in a header, a log and a terminal. */
  private void requireFit(PackRejectedException rejected) {
    String words = String.valueOf(rejected.getMessage());
    if (buffer.size() != 0 || words.length() > 500 || words.matches("(?s).*\\p{Cntrl}.*")) {
      throw new IllegalStateException("A refusal left something behind, or is unfit: " + words);
    }
  }

  private static void require(Outcome again, Pack pack) {
    if (!again.pack().equals(Optional.of(pack))) {
      throw new IllegalStateException("A pack reads back differently: " + again);
    }
  }
}
