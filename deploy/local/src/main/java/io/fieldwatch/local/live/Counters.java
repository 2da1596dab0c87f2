package io.fieldwatch.local.live;

/**
 * Running totals at every hop, as each hop itself counts.
 *
 * @param atNanos when, by {@link System#nanoTime()}
 * @param produced readings the agents produced
 * @param acknowledged readings the broker acknowledged to the agents
 * @param spoolPacks packs that wait in the agents' spools
 * @param kafkaPacks packs ever written to Kafka
 * @param processed readings the job finished since the watch began
 * @param flagged anomalies the job flagged since the watch began
 * @param points points InfluxDB took since its start
 */
record Counters(
    long atNanos,
    long produced,
    long acknowledged,
    long spoolPacks,
    long kafkaPacks,
    long processed,
    long flagged,
    long points) {}
