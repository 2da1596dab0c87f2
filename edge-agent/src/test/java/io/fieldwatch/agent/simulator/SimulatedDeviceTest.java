package io.fieldwatch.agent.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.agent.simulator.SimulatedDevice.SimulatedFault;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatedDeviceTest {
  private static final DeviceId DEVICE = new DeviceId("lab", "sim-001");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long SLOT = 1_700_000_000L;

  @Test
  void measuresTheSameForTheSameSeedWhereverItStarts() {
    // Given
    List<Reading> fromTheBeginning = readings(device(42, 6), SLOT, 2000);

    // When
    List<Reading> fromTheMiddle = readings(device(42, 6), SLOT + 1000, 1000);

    // Then
    assertThat(fromTheBeginning).endsWith(fromTheMiddle.toArray(Reading[]::new));
    assertThat(readings(device(43, 6), SLOT, 10)).doesNotContainAnyElementsOf(fromTheMiddle);
  }

  @Test
  void bearsTheInstantsOfItsSlots() {
    assertThat(readings(device(1, 6), SLOT, 3).stream().map(Reading::timeMillis).distinct())
        .containsExactly(SLOT * 1000, SLOT * 1000 + 1000, SLOT * 1000 + 2000);
  }

  @Test
  void givesSensorsOfOneDeviceUniqueNamesAndUnits() {
    // Given
    SimulatedDevice device =
        new SimulatedDevice(DEVICE, 7, SECOND, 1, Optional.empty(), fault -> {});

    // When
    List<String> names = device.sensors().stream().map(DeviceStatus.Sensor::name).toList();

    // Then
    assertThat(names)
        .containsExactly(
            "temperature",
            "humidity",
            "pressure",
            "vibration",
            "current",
            "temperature-2",
            "humidity-2");
  }

  @Test
  void correlatesVibrationAndCurrent() {
    // Given
    SimulatedDevice device =
        new SimulatedDevice(DEVICE, 5, SECOND, 1, Optional.empty(), fault -> {});
    List<Reading> readings = readings(device, SLOT, 3600);

    // When
    double correlation = correlation(values(readings, "vibration"), values(readings, "current"));

    // Then
    assertThat(correlation).isGreaterThan(0.9);
  }

  @Test
  void makesFaultsOfAllKindsAsOftenAsAsked() {
    // Given
    List<SimulatedFault> faults = new ArrayList<>();
    SimulatedDevice device =
        new SimulatedDevice(DEVICE, 5, SECOND, 1, Optional.of(new FaultSettings(6)), faults::add);

    // When
    readings(device, SLOT, 10 * 3600);

    // Then
    assertThat(faults).hasSizeBetween(240, 360);
    Set<FaultKind> kinds =
        faults.stream()
            .map(SimulatedFault::kind)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    assertThat(kinds).isEqualTo(EnumSet.allOf(FaultKind.class));
    assertThat(faults).allMatch(fault -> fault.toMillis() > fault.fromMillis());
  }

  @Test
  void changesReadingsDuringFaultsOnly() {
    // Given
    List<SimulatedFault> faults = new ArrayList<>();
    List<Reading> good =
        readings(
            new SimulatedDevice(DEVICE, 5, SECOND, 1, Optional.empty(), fault -> {}), SLOT, 3600);

    // When
    List<Reading> faulty =
        readings(
            new SimulatedDevice(
                DEVICE, 5, SECOND, 1, Optional.of(new FaultSettings(12)), faults::add),
            SLOT,
            3600);

    // Then
    assertThat(withoutFaults(good, faults)).isEqualTo(withoutFaults(faulty, faults));
    assertThat(faulty).isNotEqualTo(good).hasSizeLessThan(good.size());
  }

  private static List<Reading> withoutFaults(List<Reading> readings, List<SimulatedFault> faults) {
    return readings.stream()
        .filter(
            r ->
                faults.stream()
                    .noneMatch(
                        f ->
                            f.sensor().equals(r.sensor())
                                && r.timeMillis() >= f.fromMillis()
                                && r.timeMillis() < f.toMillis()))
        .toList();
  }

  private static SimulatedDevice device(long seed, double faults) {
    return new SimulatedDevice(
        DEVICE, 5, SECOND, seed, Optional.of(new FaultSettings(faults)), fault -> {});
  }

  private static List<Reading> readings(SimulatedDevice device, long slot, int slots) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      device.read(slot + i, readings);
    }
    return readings;
  }

  private static double[] values(List<Reading> readings, String sensor) {
    return readings.stream()
        .filter(r -> r.sensor().equals(sensor))
        .mapToDouble(Reading::value)
        .toArray();
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - meanA) * (b[i] - meanB);
      squareA += (a[i] - meanA) * (a[i] - meanA);
      squareB += (b[i] - meanB) * (b[i] - meanB);
    }
    return product / Math.sqrt(squareA * squareB);
  }
}
