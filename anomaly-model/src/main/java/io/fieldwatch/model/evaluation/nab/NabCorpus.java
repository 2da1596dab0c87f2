package io.fieldwatch.model.evaluation.nab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.model.recording.CsvTable;
import io.fieldwatch.model.recording.RowTime;
import io.fieldwatch.model.recording.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the benchmark's folder: {@code data/} and {@code labels/combined_windows.json}. */
public final class NabCorpus {
  private static final String WINDOWS = "labels/combined_windows.json";

  private NabCorpus() {}

  /**
   * All files, by name.
   *
   * @throws IOException if the folder is none of the benchmark, or a file cannot be used whole
   */
  public static List<NabFile> read(Path folder) throws IOException {
    Path labels = folder.resolve(WINDOWS);
    if (!Files.isRegularFile(labels)) {
      throw new IOException(
          "Cannot read the benchmark in %s: it has no %s".formatted(folder, WINDOWS));
    }
    Map<String, JsonNode> windows = new TreeMap<>();
    Iterator<Map.Entry<String, JsonNode>> fields =
        new ObjectMapper().readTree(labels.toFile()).fields();
    fields.forEachRemaining(field -> windows.put(field.getKey(), field.getValue()));
    List<NabFile> corpus = new ArrayList<>();
    for (Map.Entry<String, JsonNode> file : windows.entrySet()) {
      corpus.add(
          read(folder.resolve("data").resolve(file.getKey()), file.getKey(), file.getValue()));
    }
    return corpus;
  }

  private static NabFile read(Path path, String name, JsonNode limits) throws IOException {
    CsvTable csv = CsvTable.read(name, path);
    Table table = csv.table();
    if (csv.refused() > 0 || table.sensors().size() != 1) {
      throw new IOException(
          "Cannot read %s: %d rows refused, %d columns of values where there should be one"
              .formatted(path, csv.refused(), table.sensors().size()));
    }
    List<NabFile.Window> windows = new ArrayList<>();
    for (JsonNode limit : limits) {
      int first = row(table, limit.path(0).asText(), name);
      windows.add(new NabFile.Window(first, row(table, limit.path(1).asText(), name)));
    }
    return new NabFile(name, table, windows);
  }

  /** The first row of the time: the labels name rows, not instants. */
  private static int row(Table table, String time, String name) throws IOException {
    long millis =
        RowTime.parse(time)
            .orElseThrow(
                () ->
                    new IOException(
                        "Cannot read the label '%s' of %s: no time".formatted(time, name)));
    for (int row = 0; row < table.rows(); row++) {
      if (table.timesMillis()[row] == millis) {
        return row;
      }
    }
    throw new IOException(
        "Cannot find the label '%s' in %s: there is no such row".formatted(time, name));
  }
}
