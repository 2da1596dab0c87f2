package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateTest {
  private static final long BASE = 1_700_000_000_000L;

  @Property
  void partsMergeIntoWhatTheWholeComesTo(
      @ForAll @Size(min = 2, max = 1500) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
      @ForAll @IntRange(min = 0, max = 1500) int cut) {
    // Given
    Aggregate whole = aggregate(SensorKind.GAUGE, values, 0, values.size());
    int middle = Math.min(cut, values.size());

    // When
    Aggregate merged = aggregate(SensorKind.GAUGE, values, 0, middle);
    merged.merge(SensorKind.GAUGE, aggregate(SensorKind.GAUGE, values, middle, values.size()));

    // Then
    assertThat(merged.count()).isEqualTo(whole.count());
    assertThat(merged.min()).isEqualTo(whole.min());
    assertThat(merged.max()).isEqualTo(whole.max());
    assertThat(merged.first()).isEqualTo(whole.first());
    assertThat(merged.last()).isEqualTo(whole.last());
    assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-6));
    assertThat(merged.stddev()).isCloseTo(whole.stddev(), within(1e-3));
    if (values.size() <= Quantiles.BUFFER_CAPACITY) {
      assertThat(merged.quantiles(0.5, 0.99)).containsExactly(whole.quantiles(0.5, 0.99));
    }
  }

  @Property
  void aCounterGrowsByWhatItsSourceCountedWhicheverWayItIsCut(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 9) Integer> steps,
      @ForAll @IntRange(min = 0, max = 60) int cut) {
    // Given: a source that is started again whenever it counted nothing
    double[] readings = new double[steps.size()];
    double total = 0;
    double counted = 0;
    int resets = 0;
    for (int i = 0; i < readings.length; i++) {
      boolean isRestarted = steps.get(i) == 0 && total > 1;
      counted += i == 0 ? 0 : isRestarted ? 1 : steps.get(i);
      resets += i > 0 && isRestarted ? 1 : 0;
      total = isRestarted ? 1 : total + steps.get(i);
      readings[i] = total;
    }

    // When
    Aggregate merged = new Aggregate();
    Aggregate rest = new Aggregate();
    for (int i = 0; i < readings.length; i++) {
      (i < cut ? merged : rest).add(SensorKind.COUNTER, 1000L * i, readings[i]);
    }
    merged.merge(SensorKind.COUNTER, rest);

    // Then
    assertThat(merged.increase()).isEqualTo(counted);
    assertThat(merged.steps()).isEqualTo(resets);
    if (readings.length > 1) {
      assertThat(merged.ratePerSecond()).isCloseTo(counted / (readings.length - 1), within(1e-9));
    }
  }

  @Test
  void aCounterReadingBetweenTwoOthersChangesNothingAndOneBeforeThemExtendsTheGrowth() {
    Aggregate counter = new Aggregate();
    counter.add(SensorKind.COUNTER, 1000, 10);
    counter.add(SensorKind.COUNTER, 3000, 30);

    counter.add(SensorKind.COUNTER, 2000, 20);
    assertThat(counter.increase()).isEqualTo(20);
    counter.add(SensorKind.COUNTER, 0, 4);

    assertThat(counter.increase()).isEqualTo(26);
    assertThat(counter.first()).isEqualTo(4);
    assertThat(counter.last()).isEqualTo(30);
  }

  @Test
  void aBooleanCountsItsChanges() {
    Aggregate door = new Aggregate();
    for (int i = 0; i < 6; i++) {
      door.add(SensorKind.BOOLEAN, i, i / 2 % 2);
    }

    assertThat(door.steps()).isEqualTo(2);
    assertThat(door.mean()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void aRateNeedsTwoInstants() {
    Aggregate counter = new Aggregate();
    counter.add(SensorKind.COUNTER, 5, 1);
    counter.add(SensorKind.COUNTER, 5, 2);

    assertThat(counter.ratePerSecond()).isNaN();
  }

  @Property(tries = 50)
  void readsWhatItWrote(
      @ForAll @Size(max = 700) List<@DoubleRange(min = -1e300, max = 1e300) Double> values)
      throws IOException {
    Aggregate aggregate = aggregate(SensorKind.COUNTER, values, 0, values.size());

    Aggregate read = Aggregate.read(new WireReader(bytes(aggregate)), BASE);

    assertThat(bytes(read)).isEqualTo(bytes(aggregate));
    assertThat(read.increase()).isEqualTo(aggregate.increase());
    assertThat(read.min()).isEqualTo(aggregate.min());
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 3", "1, 3, 2", "2, 3, 1"})
  void endsThatAreNotThoseOfTheLogAreWritten(int one, int two, int three) throws IOException {
    // Given
    Aggregate turned = new Aggregate();
    for (int second : List.of(one, two, three)) {
      turned.add(SensorKind.GAUGE, BASE + 1000L * second, second + 0.5);
    }

    // When
    Aggregate read = Aggregate.read(new WireReader(bytes(turned)), BASE);

    // Then
    assertThat(read.first()).isEqualTo(1.5);
    assertThat(read.last()).isEqualTo(3.5);
  }

  @Test
  void whatFollowsFromTheValuesIsNotWritten() {
    // Given
    Aggregate aggregate = new Aggregate();
    for (int i = 0; i < 3; i++) {
      aggregate.add(SensorKind.GAUGE, BASE + 1000L * i, 20.5 + i);
    }

    // Then: the values take nine bytes, that other fields follow two, the last time three
    assertThat(bytes(aggregate)).hasSize(9 + 2 + 3);
  }

  @Test
  void endsOfNoValuesAreRefused() {
    WireWriter out = new WireWriter();
    out.number(13, 2);

    assertThatThrownBy(() -> Aggregate.read(new WireReader(out.toByteArray()), BASE))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read state: no values have no first one");
  }

  private static Aggregate aggregate(SensorKind kind, List<Double> values, int from, int to) {
    Aggregate aggregate = new Aggregate();
    for (int i = from; i < to; i++) {
      aggregate.add(kind, 1000L * i, values.get(i));
    }
    return aggregate;
  }

  private static byte[] bytes(Aggregate aggregate) {
    WireWriter out = new WireWriter();
    aggregate.write(out, BASE);
    return out.toByteArray();
  }
}
