package io.fieldwatch.decode;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ForeignText;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.PayloadDecoder;
import io.fieldwatch.topic.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes each message with the decoder of the first rule whose filter takes its MQTT topic; {@link
 * DecoderRule#DEFAULT} follows the last. What each format accepts is on the page {@code
 * docs/reference/decoders.md}.
 *
 * <p>One instance serves one thread for as long as it likes and keeps bounded memory. It never
 * blocks.
 */
public final class Decoders {
  private final List<Choice> choices = new ArrayList<>();
  private final PayloadDecoder senml;

  private record Choice(TopicFilter filter, PayloadDecoder decoder) {}

  public Decoders(List<DecoderRule> rules, PackDecoder.Limits limits) {
    this.senml = new PackDecoder(limits);
    Map<Format, PayloadDecoder> decoders = new HashMap<>();
    decoders.put(DecoderRule.DEFAULT.format(), senml);
    for (DecoderRule rule : rules) {
      choices.add(choice(rule, limits, decoders));
    }
    choices.add(choice(DecoderRule.DEFAULT, limits, decoders));
  }

  /**
   * Decodes all of a message or nothing.
   *
   * @param mqttTopic where the message came from; null if that is not known, which means SenML
   * @param device whose topic the message came by; every name in it must be of this device
   * @param ingestMillis when it came, the time of readings that have none of their own
   * @param into takes the readings in the order of the message; empty after a rejection
   * @throws PackRejectedException whatever the message's bytes are, if they are not usable; nothing
   *     else is thrown
   */
  public void decode(
      @Nullable String mqttTopic,
      byte[] message,
      DeviceId device,
      long ingestMillis,
      PackBuffer into)
      throws PackRejectedException {
    decoder(mqttTopic, into).decode(message, device, ingestMillis, into);
  }

  private PayloadDecoder decoder(@Nullable String mqttTopic, PackBuffer into)
      throws PackRejectedException {
    if (mqttTopic == null) {
      return senml;
    }
    for (Choice choice : choices) {
      if (choice.filter().matches(mqttTopic)) {
        return choice.decoder();
      }
    }
    into.clear();
    throw new PackRejectedException(
        Reason.NO_DECODER,
        "Cannot decode message from topic '"
            + ForeignText.printable(mqttTopic)
            + "': no rule says of which format it is");
  }

  private static Choice choice(
      DecoderRule rule, PackDecoder.Limits limits, Map<Format, PayloadDecoder> decoders) {
    return new Choice(
        rule.filter(),
        decoders.computeIfAbsent(rule.format(), format -> newDecoder(format, limits)));
  }

  private static PayloadDecoder newDecoder(Format format, PackDecoder.Limits limits) {
    return format instanceof Format.Json json
        ? new JsonDecoder(json, limits)
        : new PackDecoder(limits);
  }
}
