package io.fieldwatch.local.top;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.top.Top.HopLine;
import io.fieldwatch.local.top.Top.Place;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the newest pulse from InfluxDB. Blocks for its answers. */
public final class TopReader {
  private final InfluxQuery influxDb;

  public TopReader(InfluxQuery influxDb) {
    this.influxDb = influxDb;
  }

  /** The newest pulse, or nothing where the job has not written one yet. */
  public Optional<Top> read() throws IOException, InterruptedException {
    List<Row> newest = influxDb.run("SELECT * FROM pulse ORDER BY time DESC LIMIT 1");
    return newest.isEmpty() ? Optional.empty() : Optional.of(top(newest.get(0)));
  }

  private Top top(Row pulse) throws IOException, InterruptedException {
    long at = pulse.count("time");
    return new Top(
        Instant.ofEpochMilli(at),
        pulse.number("readings_per_second").orElse(0),
        pulse.number("packs_per_second").orElse(0),
        pulse.count("batches"),
        pulse.text("slowest_hop").orElse(""),
        pulse.number("share").orElse(0),
        pulse.count("failures"),
        hops(at),
        refusals(at),
        boards(at));
  }

  private List<HopLine> hops(long at) throws IOException, InterruptedException {
    return influxDb
        .run("SELECT * FROM pulse_hop WHERE time = %dms GROUP BY hop".formatted(at))
        .stream()
        .map(
            row ->
                new HopLine(
                    row.tag("hop"),
                    row.number("mean_ms").orElse(0),
                    row.count("max_ms"),
                    row.count("slowest_batches")))
        .toList();
  }

  private Map<String, Long> refusals(long at) throws IOException, InterruptedException {
    return influxDb
        .run(
            "SELECT messages FROM pulse_refusal WHERE time = %dms AND messages > 0 GROUP BY reason"
                .formatted(at))
        .stream()
        .collect(toMap(row -> row.tag("reason"), row -> row.count("messages")));
  }

  private Map<String, List<Place>> boards(long at) throws IOException, InterruptedException {
    return influxDb
        .run("SELECT * FROM leaderboard WHERE time = %dms GROUP BY board, rank".formatted(at))
        .stream()
        .sorted(Comparator.comparing(row -> row.tag("rank")))
        .collect(groupingBy(row -> row.tag("board"), mapping(TopReader::place, toList())))
        .entrySet()
        .stream()
        .collect(
            toMap(
                Map.Entry::getKey,
                board -> board.getValue().stream().flatMap(Optional::stream).toList()));
  }

  /** A place that nobody has is written, too. */
  private static Optional<Place> place(Row row) {
    long anomalies = row.count("anomalies");
    return anomalies == 0
        ? Optional.empty()
        : Optional.of(
            new Place(
                Integer.parseInt(row.tag("rank")),
                row.text("site").orElse("") + "/" + row.text("device").orElse(""),
                anomalies));
  }
}
