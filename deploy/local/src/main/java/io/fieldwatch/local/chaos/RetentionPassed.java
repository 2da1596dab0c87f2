package io.fieldwatch.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.local.audit.Account;
import io.fieldwatch.local.audit.AccountLine;
import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.audit.Life;
import io.fieldwatch.local.audit.SeqRange;
import io.fieldwatch.local.audit.WindowLine;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.kafka.ReadingsTopic;
import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The job is stopped for so long that Kafka deletes records it has not read. They are lost; the job
 * must go on behind them, and the ledger must name exactly the packs that were deleted.
 */
final class RetentionPassed {
  private static final Duration READ_BOUND = Duration.ofMinutes(1);
  private static final Duration AUDIT_BOUND = Duration.ofSeconds(30);

  /** Readings in each pack of the deleted records. */
  private final Map<Life, Map<Long, Integer>> deleted = new HashMap<>();

  private final PackDecoder decoder = new PackDecoder(PackDecoder.Limits.DEFAULT);
  private final PackBuffer pack = new PackBuffer();

  private RetentionPassed() {}

  static void strike(Scene scene) throws IOException, InterruptedException {
    new RetentionPassed().deleteUnread(scene);
  }

  private void deleteUnread(Scene scene) throws IOException, InterruptedException {
    String bootstrap = scene.stack().endpoints().kafkaBootstrap();
    // Stopped, not killed: it has read all until now, so the gap begins here.
    scene.stack().streamJob().stop();
    scene.letOutagePass();
    try (ReadingsTopic topic = new ReadingsTopic(bootstrap)) {
      Map<TopicPartition, Long> ends = topic.ends();
      try (TopicReader readings = TopicReader.fromBeginning(bootstrap, KafkaTopics.READINGS)) {
        readings.readToEnd(READ_BOUND, record -> keep(record, ends));
      }
      topic.deleteBefore(ends);
    }
    scene.stack().streamJob().start();
    scene.letOutagePass();
    scene.stack().stopAgents();
    check(scene, Auditor.audit(scene.stack().endpoints(), AUDIT_BOUND));
  }

  private void keep(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long> ends) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (record.offset() >= ends.getOrDefault(partition, 0L)) {
      return;
    }
    DeviceId device = DeviceId.parse(new String(record.key(), UTF_8));
    try {
      decoder.decode(record.value(), device, pack);
    } catch (PackRejectedException noPack) {
      return;
    }
    deleted
        .computeIfAbsent(new Life(device, pack.epoch()), life -> new HashMap<>())
        .put(pack.seq(), pack.size());
  }

  private void check(Scene scene, Finding finding) throws IOException {
    scene.require(!finding.proven(), "the audit balances although records were deleted unread");
    Account account = finding.account();
    long packs = 0;
    for (AccountLine line : account.lines()) {
      Map<Long, Integer> gone = deleted.getOrDefault(line.life(), Map.of());
      long missing = 0;
      for (SeqRange gap : line.ledger().gaps()) {
        for (long seq = gap.first(); seq <= gap.last(); seq++) {
          Integer readings = gone.get(seq);
          scene.require(
              readings != null, "%s: pack %d is missing and was not deleted".formatted(line, seq));
          missing += readings == null ? 0 : readings;
          packs++;
        }
      }
      scene.require(
          line.difference() == missing,
          "%s: %d readings are missing, the named gaps hold %d"
              .formatted(line, line.difference(), missing));
    }
    scene.require(
        account.windows().stream().allMatch(WindowLine::isBalanced),
        "windows and ledger differ: " + finding.gaps());
    scene.figure("missingPacks", (double) packs);
    scene.say("the ledger names %d packs, all of them deleted unread".formatted(packs));
    scene.require(packs > 0, "the ledger names no gap");
  }
}
