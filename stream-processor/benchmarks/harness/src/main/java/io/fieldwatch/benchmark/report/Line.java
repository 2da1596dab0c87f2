package io.fieldwatch.benchmark.report;

import io.fieldwatch.benchmark.run.Measured;
import io.fieldwatch.benchmark.run.Sut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one system over one fleet.
 *
 * @param fault of the first run whose results were wrong; then the figures are void
 * @param seconds of how many seconds the figures of the shortest run are
 * @param compilersShare of the CPU seconds that Java's compilers had in the worst run
 * @param otherShare of the core's time that others had in the worst run
 * @param serversShare how busy the servers' core was in the worst run
 */
public record Line(
    Sut sut,
    int devices,
    Spread readingsPerSecond,
    Spread cpuSecondsPerMillion,
    double seconds,
    double compilersShare,
    double otherShare,
    double serversShare,
    Optional<String> fault) {

  /** A line for each system and fleet that ran, in the order of systems and fleets. */
  public static List<Line> of(List<Sut> systems, List<Integer> fleets, List<Measured> runs) {
    List<Line> lines = new ArrayList<>();
    for (int devices : fleets) {
      for (Sut sut : systems) {
        List<Measured> own =
            runs.stream()
                .filter(run -> run.devices() == devices && run.system().equals(sut.name()))
                .toList();
        if (!own.isEmpty()) {
          lines.add(of(sut, devices, own));
        }
      }
    }
    return lines;
  }

  private static Line of(Sut sut, int devices, List<Measured> runs) {
    return new Line(
        sut,
        devices,
        Spread.of(runs.stream().map(Measured::readingsPerSecond).toList()),
        Spread.of(runs.stream().map(Measured::cpuSecondsPerMillion).toList()),
        runs.stream().mapToDouble(Measured::seconds).min().orElse(Double.NaN),
        greatest(runs, Measured::compilersShare),
        greatest(runs, Measured::otherShare),
        greatest(runs, Measured::serversShare),
        runs.stream().flatMap(run -> run.fault().stream()).findFirst());
  }

  private static double greatest(List<Measured> runs, ToDoubleFunction<Measured> figure) {
    return runs.stream().mapToDouble(figure).max().orElse(Double.NaN);
  }

  public boolean isRight() {
    return fault.isEmpty();
  }
}
