package io.fieldwatch.local.audit;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.util.Map;
import java.util.Set;

/**
 * Both sides of the account at one time.
 *
 * @param agents what each agent last said of each life of its spools
 * @param speaking the lives whose agent is there, by its own word, and will say more
 * @param ledger what the stream job last booked for each life
 * @param windowCounts per device, the sum of {@code window.count} where {@code window='10s'}
 * @param lagPacks packs in Kafka that the job has not finished
 */
public record Evidence(
    Map<Life, Counts> agents,
    Set<Life> speaking,
    Map<Life, LedgerCounts> ledger,
    Map<DeviceId, Long> windowCounts,
    long lagPacks) {
  public Evidence {
    agents = Map.copyOf(agents);
    speaking = Set.copyOf(speaking);
    ledger = Map.copyOf(ledger);
    windowCounts = Map.copyOf(windowCounts);
  }
}
