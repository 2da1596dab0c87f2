package io.fieldwatch.local.live;

import java.util.OptionalDouble;

/**
 * What flows, over the last seconds.
 *
 * @param spoolPacks packs that wait in the agents' spools
 * @param lagPacks packs in Kafka that the job has not finished
 * @param flagged anomalies flagged since the watch began
 * @param latencyP50Millis from a reading's time to its first point in InfluxDB; absent where
 *     nothing flowed
 */
public record Flow(
    double producedPerSecond,
    double acknowledgedPerSecond,
    double kafkaPacksPerSecond,
    double processedPerSecond,
    double pointsPerSecond,
    OptionalDouble latencyP50Millis,
    OptionalDouble latencyP99Millis,
    long spoolPacks,
    long lagPacks,
    long flagged) {}
