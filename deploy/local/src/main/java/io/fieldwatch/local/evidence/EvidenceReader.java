package io.fieldwatch.local.evidence;

import io.fieldwatch.local.audit.Evidence;
import io.fieldwatch.local.audit.LedgerCounts;
import io.fieldwatch.local.audit.Life;
import io.fieldwatch.local.audit.SeqRange;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.kafka.StatusReader;
import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.reading.DeviceId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads both sides of the account. For one thread. */
public final class EvidenceReader implements AutoCloseable {
  private static final String LEDGER =
      "SELECT last(stored) AS stored, last(late) AS late, last(quarantined) AS quarantined,"
          + " last(duplicate_readings) AS duplicate_readings, last(max_seq) AS max_seq,"
          + " last(missing_packs) AS missing_packs, last(gaps) AS gaps"
          + " FROM ledger GROUP BY site, device, epoch";
  private static final String WINDOWS =
      "SELECT sum(count) AS count FROM \"window\" WHERE \"window\" = '10s' GROUP BY site, device";
  private static final String LAG = "SELECT last(lag_packs) AS lag_packs FROM pipeline";

  private final InfluxQuery influxDb;
  private final StatusReader statuses;
  private final Statements said = new Statements();

  public EvidenceReader(Endpoints endpoints) {
    this.influxDb = endpoints.influxQuery();
    this.statuses = new StatusReader(endpoints.kafkaBootstrap());
  }

  /** Reads once; blocks for some seconds where there is much. */
  public Evidence read() throws IOException, InterruptedException {
    // The stored side first: what arrives between the two looks unstored, not counted twice.
    Map<Life, LedgerCounts> ledger = ledger();
    Map<DeviceId, Long> windows = windows();
    long lag = influxDb.run(LAG).stream().mapToLong(row -> row.count("lag_packs")).sum();
    statuses.readNew(said::keep);
    return new Evidence(said.counts(), said.speaking(), ledger, windows, lag);
  }

  private Map<Life, LedgerCounts> ledger() throws IOException, InterruptedException {
    Map<Life, LedgerCounts> ledger = new HashMap<>();
    for (Row row : influxDb.run(LEDGER)) {
      ledger.put(
          new Life(device(row), row.tag("epoch")),
          new LedgerCounts(
              row.count("stored"),
              row.count("late"),
              row.count("quarantined"),
              row.count("duplicate_readings"),
              row.count("max_seq"),
              row.count("missing_packs"),
              SeqRange.parseAll(row.text("gaps").orElse(""))));
    }
    return ledger;
  }

  private Map<DeviceId, Long> windows() throws IOException, InterruptedException {
    Map<DeviceId, Long> windows = new HashMap<>();
    for (Row row : influxDb.run(WINDOWS)) {
      windows.put(device(row), row.count("count"));
    }
    return windows;
  }

  private static DeviceId device(Row row) {
    return new DeviceId(row.tag("site"), row.tag("device"));
  }

  @Override
  public void close() {
    statuses.close();
  }
}
