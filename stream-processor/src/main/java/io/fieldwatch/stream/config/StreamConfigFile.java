package io.fieldwatch.stream.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link StreamConfig} from YAML. Unknown and repeated keys are errors. */
public final class StreamConfigFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .registerModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()));

  private StreamConfigFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or says something the job cannot honour; the message
   *     names the key
   */
  public static StreamConfig read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot use configuration " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Parses YAML.
   *
   * @throws IllegalArgumentException as {@link #read}
   */
  static StreamConfig parse(String yaml) {
    try {
      return YAML.readValue(yaml, StreamConfig.class);
    } catch (UnrecognizedPropertyException e) {
      throw new IllegalArgumentException(
          "unknown key '%s', known are %s".formatted(pathOf(e), e.getKnownPropertyIds()), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static String pathOf(UnrecognizedPropertyException e) {
    StringBuilder path = new StringBuilder();
    e.getPath()
        .forEach(step -> path.append(path.length() == 0 ? "" : ".").append(step.getFieldName()));
    return path.toString();
  }

  /** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}. */
  private static final class DurationReader extends StdDeserializer<Duration>
      implements Serializable {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw context.weirdStringException(
            text, Duration.class, "expected a number and a unit, such as 500ms, 10s, 5m, 1h");
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
  }
}
