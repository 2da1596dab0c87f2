package io.fieldwatch.agent.folder;

import io.fieldwatch.agent.csv.CsvFile;
import io.fieldwatch.agent.csv.FileRejectedException;
import io.fieldwatch.agent.csv.Row;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rows of a file, whatever its format: SenML JSON if it begins with a bracket, else CSV. One
 * that the disk does not give is rejected like one with a fault, so that it costs no other file.
 */
interface ReadingFile extends AutoCloseable {
  /** SenML files are read whole. */
  PackDecoder.Limits SENML_LIMITS = new PackDecoder.Limits(64 << 20, 1_000_000);

  /** The next row; empty at the end. */
  Optional<Row> next() throws FileRejectedException;

  @Override
  void close() throws FileRejectedException;

  /**
   * Opens a file of a device.
   *
   * @param ignored names of CSV columns that are no sensors
   */
  static ReadingFile open(Path file, DeviceId device, Set<String> ignored)
      throws FileRejectedException {
    try {
      return isSenml(file) ? new SenmlFile(file, device) : new Csv(CsvFile.open(file, ignored));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static FileRejectedException unreadable(IOException e) {
    return new FileRejectedException("Cannot read the file: " + e, e);
  }

  private static boolean isSenml(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      int first = in.read();
      while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
        first = in.read();
      }
      return first == '[';
    }
  }

  /** Adapts {@link CsvFile}. */
  record Csv(CsvFile file) implements ReadingFile {
    @Override
    public Optional<Row> next() throws FileRejectedException {
      try {
        return file.next();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    @Override
    public void close() throws FileRejectedException {
      try {
        file.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }

  /** One row a record. An identity in the file is not kept: the pack gets this spool's. */
  final class SenmlFile implements ReadingFile {
    private final Iterator<Row> rows;

    SenmlFile(Path file, DeviceId device) throws IOException, FileRejectedException {
      if (Files.size(file) > SENML_LIMITS.maxBytes()) {
        throw new FileRejectedException(
            "Cannot read SenML: the file is larger than " + SENML_LIMITS.maxBytes() + " bytes");
      }
      PackBuffer pack = new PackBuffer();
      try {
        new PackDecoder(SENML_LIMITS).decode(Files.readAllBytes(file), device, pack);
      } catch (PackRejectedException e) {
        throw new FileRejectedException("Cannot read SenML: " + e.getMessage());
      }
      this.rows =
          IntStream.range(0, pack.size())
              .mapToObj(i -> new Row(pack.timeMillis(i), List.of(reading(pack, i))))
              .iterator();
    }

    private static Reading reading(PackBuffer pack, int i) {
      return pack.reading(i);
    }

    @Override
    public Optional<Row> next() {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }

    @Override
    public void close() {
      // Read whole; nothing is open.
    }
  }
}
