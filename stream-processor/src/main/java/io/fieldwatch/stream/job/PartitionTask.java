package io.fieldwatch.stream.job;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.partition.LogRecord;
import io.fieldwatch.stream.partition.Output;
import io.fieldwatch.stream.partition.PartitionRun;
import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.partition.RunCounts;
import io.fieldwatch.stream.pulse.BatchSummary;
import io.fieldwatch.stream.pulse.SummaryCollector;
import io.fieldwatch.stream.pulse.Totals;
import io.fieldwatch.stream.window.WindowResult;
import java.io.Serializable;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.streaming.kafka010.OffsetRange;

/**
 * One partition's part of a batch: takes its state through its records, delivers the results, and
 * returns the next state. Runs on an executor; blocks while InfluxDB or Kafka is away. Spark may
 * run it again from the same state, which delivers the same results to the same places.
 */
final class PartitionTask implements Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<TaskSettings> settings;
  private final BatchPlan plan;
  private final OffsetRange[] ranges;
  private final int topicPartitions;

  /**
   * @param ranges what the batch reads, ascending by partition, one for each that the state has
   * @param topicPartitions how many the topic has: more, while the state is about to be split
   */
  PartitionTask(
      Broadcast<TaskSettings> settings, BatchPlan plan, OffsetRange[] ranges, int topicPartitions) {
    this.settings = settings;
    this.plan = plan;
    this.ranges = ranges;
    this.topicPartitions = topicPartitions;
  }

  /**
   * @param before stays as it is
   * @param records those of the partition's range
   * @throws ExecutionException if Kafka has refused what was sent to it
   */
  PartitionOutcome run(PartitionState before, Iterator<ConsumerRecord<byte[], byte[]>> records)
      throws InterruptedException, ExecutionException {
    TaskSettings job = settings.value();
    StreamConfig config = job.config();
    Outlets outlets = Outlets.of(config);
    RecordSender sender = job.destination().records(config);
    UnseenTimes unseen = UnseenTimes.of(before.partition(), config.openWindowPace());
    Results results =
        new Results(
            job.model(),
            job.destination().begin(config, job.model(), plan.beginMillis()),
            new Quarantine(sender),
            unseen);
    Decoders decoders = outlets.decoders().take(before.partition());
    PartitionRun run = new PartitionRun(before, config.rules(), decoders, results);
    Strays strays = new Strays(sender, topicPartitions);
    while (records.hasNext()) {
      ConsumerRecord<byte[], byte[]> record = records.next();
      if (KeyPartition.isStray(record.key(), before.partition(), ranges.length)) {
        strays.sendHome(record);
        continue;
      }
      results.current = record;
      results.pulse.read(record.timestamp(), plan.beginMillis());
      run.accept(LogRecords.of(record));
    }
    outlets.decoders().putBack(before.partition(), decoders);
    run.publishOpenWindows(plan.openLevels());
    if (plan.publishDevices()) {
      run.publishDevices();
    }
    PartitionState after = run.finish(ranges[before.partition()].untilOffset());
    results.deliver(before);
    strays.await();
    ProcessMilestones.reached(Milestone.PARTITION_DELIVERED);
    Latencies latencies =
        plan.openLevels() > 0 ? unseen.seenAt(System.currentTimeMillis()) : new Latencies();
    return new PartitionOutcome(
        after,
        new PartitionReport(
            after.partition(),
            after.nextOffset(),
            run.counts(),
            results.flagged,
            results.delivery.size(),
            strays.count(),
            latencies,
            plan.publishDevices() ? census(after.devices()) : PartitionReport.Census.NOT_TAKEN,
            results.summary(run.counts(), plan.beginMillis())));
  }

  private static PartitionReport.Census census(Collection<DeviceState> devices) {
    long series = 0;
    long openWindows = 0;
    for (DeviceState device : devices) {
      series += device.sensors();
      openWindows += device.openWindows();
    }
    return new PartitionReport.Census(true, devices.size(), series, openWindows);
  }

  /** Collects the results of a run, and delivers them when it has ended. */
  private static final class Results implements Output {
    private final Model model;
    private final Delivery delivery;
    private final UnseenTimes unseen;
    private final Quarantine.Batch quarantine;
    private final SummaryCollector pulse = new SummaryCollector();
    private ConsumerRecord<byte[], byte[]> current;

    /** How many scores were above the model's threshold. */
    private long flagged;

    Results(Model model, Delivery delivery, Quarantine quarantine, UnseenTimes unseen) {
      this.model = model;
      this.delivery = delivery;
      this.unseen = unseen;
      this.quarantine = quarantine.begin();
      this.current = new ConsumerRecord<>("", 0, 0, new byte[0], new byte[0]);
    }

    @Override
    public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
      delivery.window(device, sensor, facts, window);
    }

    @Override
    public Model model() {
      return model;
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {
      delivery.scored(device, sensor, window);
      if (window.flagged()) {
        flagged++;
        pulse.flagged(device);
      }
    }

    @Override
    public void stored(long timeMillis, int readings) {
      unseen.add(timeMillis, readings);
      pulse.stored(timeMillis, current.timestamp(), readings);
    }

    @Override
    public void device(DeviceState device) {
      delivery.device(device);
    }

    @Override
    public void quarantine(LogRecord record, Reason reason, String detail, int readings) {
      quarantine.add(current, reason, detail, readings);
      pulse.refused(reason);
    }

    void deliver(PartitionState before) throws InterruptedException, ExecutionException {
      String origin = "state/" + before.partition() + "@" + before.nextOffset();
      for (PointWriter.Refused refused : delivery.deliver()) {
        quarantine.add(refused.line(), refused.reason(), origin);
        pulse.refused(Reason.POINT_REFUSED);
      }
      quarantine.await();
    }

    /** Called when all is delivered. */
    BatchSummary summary(RunCounts counts, long beginMillis) {
      return pulse.summary(
          new Totals(
              counts.packs(),
              counts.stored(),
              counts.duplicates(),
              counts.late(),
              counts.quarantined(),
              flagged,
              0),
          System.currentTimeMillis() - beginMillis);
    }
  }
}
