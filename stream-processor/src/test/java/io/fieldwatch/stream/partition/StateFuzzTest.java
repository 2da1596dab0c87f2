package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The fuzzer's target on random programs, a few of them in every build, and what it has found. */
class StateFuzzTest {
  private static final long T0 = 1_700_000_000_000L;

  @Property(tries = 100)
  void anyProgramOfMessagesAndCutsHoldsWhatTheFuzzerWatches(
      @ForAll @Size(min = 50, max = 600) byte[] program) {
    StateFuzz.fuzzerTestOneInput(program);
  }

  @Example
  void anIntervalThatIsAnnouncedStandsInWindowsThatWereHandedOverBefore() {
    // Given
    Results results = new Results();
    results.apply(
        List.of(
            record(0, "telemetry", "[{'n':'lab/d0/a','t':1700000000,'v':1}]"),
            record(1, "telemetry", "[{'n':'lab/d0/b','t':1700000000,'v':1}]")));

    // When
    results.apply(
        List.of(
            record(
                2,
                "status",
                "{'state':'online','reason':'birth','epoch':'e','agent':'1','time':1700000000000,"
                    + "'sensors':[{'name':'a','unit':'','intervalSeconds':2}]}")));

    // Then
    assertThat(results.windowsOf("lab/d0").get("lab/d0/a %d 10s".formatted(T0)))
        .contains("intervalMillis=2000");
    assertThat(results.windowsOf("lab/d0").get("lab/d0/b %d 10s".formatted(T0)))
        .contains("intervalMillis=0");
  }

  private static LogRecord record(long offset, String channel, String message) {
    return new LogRecord(
        offset,
        T0,
        "fieldwatch/lab/d0/" + channel,
        LogRecord.Delivery.LIVE,
        "lab/d0".getBytes(UTF_8),
        message.replace('\'', '"').getBytes(UTF_8));
  }
}
