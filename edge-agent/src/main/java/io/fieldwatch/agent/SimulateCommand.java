package io.fieldwatch.agent;

import io.fieldwatch.agent.config.Quantities;
import io.fieldwatch.agent.simulator.CsvExport;
import io.fieldwatch.agent.simulator.FaultSettings;
import io.fieldwatch.agent.simulator.SimulatedDevice;
import io.fieldwatch.agent.simulator.TruthFile;
import io.fieldwatch.reading.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code simulate}: writes what simulated devices measure into CSV files, without a broker. */
@Command(
    name = "simulate",
    description = {
      "Writes CSV files of simulated devices, for training: one file a device, columns time"
          + " (ms since the epoch), one per sensor, and anomaly (0 or 1) where there are faults.",
      "The faults themselves are listed in truth.csv. The same seed gives the same files."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  @Option(names = "--csv", required = true, paramLabel = "DIR", description = "Folder to write to.")
  private @Nullable Path folder;

  @Option(
      names = "--devices",
      defaultValue = "10",
      description = "Number of devices (${DEFAULT-VALUE}).")
  private int devices;

  @Option(
      names = "--sensors",
      defaultValue = "5",
      description = "Sensors of each device (${DEFAULT-VALUE}).")
  private int sensors;

  @Option(
      names = "--duration",
      defaultValue = "6h",
      converter = DurationConverter.class,
      description = "Simulated time (${DEFAULT-VALUE}).")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--interval",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "Between two readings of a sensor (${DEFAULT-VALUE}).")
  private Duration interval = Duration.ZERO;

  @Option(names = "--seed", defaultValue = "1", description = "Seed (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--start",
      defaultValue = "2026-01-01T00:00:00Z",
      description = "Instant of the first reading (${DEFAULT-VALUE}).")
  private Instant start = Instant.EPOCH;

  @Option(
      names = "--site",
      defaultValue = "lab",
      description = "Site of the devices; a part of the seed (${DEFAULT-VALUE}).")
  private String site = "";

  @Option(
      names = "--prefix",
      defaultValue = "sim-",
      description = "Beginning of the devices' names (${DEFAULT-VALUE}).")
  private String prefix = "";

  @Option(
      names = "--faults-per-hour",
      defaultValue = "2",
      description = "Mean number of faults per sensor and hour (${DEFAULT-VALUE}).")
  private double faultsPerHour;

  @Option(names = "--no-faults", description = "Good readings only, without the column anomaly.")
  private boolean withoutFaults;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** {@code 500ms}, {@code 10s}, {@code 6h}. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Quantities.duration(text)
          .filter(d -> !d.isZero())
          .orElseThrow(
              () -> new TypeConversionException("expected 500ms, 10s, 5m or 6h, not " + text));
    }
  }

  @Override
  public Integer call() throws IOException {
    if (folder == null) {
      throw new IllegalStateException("--csv was not given");
    }
    Files.createDirectories(folder);
    if (withoutFaults) {
      writeGood(folder);
    } else {
      writeFaulty(folder, faults());
    }
    spec.commandLine().getOut().printf("%d files in %s%n", devices, folder);
    return ExitCode.OK;
  }

  private FaultSettings faults() {
    FaultSettings settings = new FaultSettings(faultsPerHour);
    if (!settings.fits(interval)) {
      throw new ParameterException(
          spec.commandLine(),
          "Cannot make %s faults per hour at this interval: they would follow one another"
              .formatted(faultsPerHour));
    }
    return settings;
  }

  private void writeGood(Path target) throws IOException {
    CsvExport export = new CsvExport(start, duration);
    for (int i = 1; i <= devices; i++) {
      SimulatedDevice device = device(i, Optional.empty(), fault -> {});
      export.write(device, fileOf(target, device));
    }
  }

  private void writeFaulty(Path target, FaultSettings faults) throws IOException {
    CsvExport export = new CsvExport(start, duration);
    Path truthFile = target.resolve("truth.csv");
    Files.deleteIfExists(truthFile);
    try (TruthFile truth = TruthFile.open(truthFile, start.toEpochMilli())) {
      for (int i = 1; i <= devices; i++) {
        SimulatedDevice device = device(i, Optional.of(faults), truth);
        export.writeLabelled(device, fileOf(target, device));
      }
    }
  }

  private SimulatedDevice device(
      int number, Optional<FaultSettings> faults, SimulatedDevice.FaultListener listener) {
    DeviceId id = new DeviceId(site, prefix + String.format(Locale.ROOT, "%03d", number));
    return new SimulatedDevice(id, sensors, interval, seed, faults, listener);
  }

  private static Path fileOf(Path target, SimulatedDevice device) {
    return target.resolve(device.id().device() + ".csv");
  }
}
