package io.fieldwatch.senml;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Any pack that can travel. */
final class Packs {
  private Packs() {}

  static Arbitrary<Pack> any() {
    Arbitrary<DeviceId> devices = Combinators.combine(names(), names()).as(DeviceId::new);
    return Combinators.combine(devices, ids(), readings().list().ofMinSize(1).ofMaxSize(20))
        .as(Pack::new);
  }

  private static Arbitrary<String> names() {
    Arbitrary<Character> first =
        Arbitraries.chars().range('a', 'z').range('A', 'Z').range('0', '9');
    Arbitrary<String> rest =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('A', 'Z')
            .withCharRange('0', '9')
            .withChars("._-")
            .ofMaxLength(63);
    return Combinators.combine(first, rest).as((a, b) -> a + b);
  }

  private static Arbitrary<Optional<PackId>> ids() {
    Arbitrary<Long> seqs = Arbitraries.longs().between(1, Long.MAX_VALUE);
    return Combinators.combine(names(), seqs).as(PackId::new).optional();
  }

  private static Arbitrary<Reading> readings() {
    Arbitrary<Long> times =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1_700_000_000_000L, 1_700_000_100_000L),
            Arbitraries.longs().between(SenmlTime.FIRST_ABSOLUTE_MILLIS, SenmlTime.END_MILLIS - 1));
    Arbitrary<Reading> numbers =
        Combinators.combine(names(), times, values(), units()).as(Reading::new);
    Arbitrary<Reading> sums =
        Combinators.combine(names(), times, values(), units())
            .as((name, time, value, unit) -> new Reading(name, time, value, unit, ValueKind.SUM));
    Arbitrary<Reading> booleans =
        Combinators.combine(names(), times, Arbitraries.of(0.0, 1.0), units())
            .as(
                (name, time, value, unit) ->
                    new Reading(name, time, value, unit, ValueKind.BOOLEAN));
    return Arbitraries.frequencyOf(Tuple.of(6, numbers), Tuple.of(1, sums), Tuple.of(1, booleans));
  }

  private static Arbitrary<Double> values() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(-10_000, 10_000).map(n -> n / 100.0),
        Arbitraries.longs().map(Long::doubleValue),
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite),
        Arbitraries.of(
            0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 0.1 + 0.2));
  }

  private static Arbitrary<String> units() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "Cel", "%RH", "°C", "\"\\/"),
        Arbitraries.strings().ofMaxLength(64).filter(Reading::isUnit));
  }
}
