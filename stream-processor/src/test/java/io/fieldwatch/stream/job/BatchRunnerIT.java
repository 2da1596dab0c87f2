package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.store.ModelStore;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.config.StreamConfigFile;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.ledger.Entry;
import io.fieldwatch.stream.ledger.History;
import io.fieldwatch.stream.ledger.Ledger;
import io.fieldwatch.stream.ledger.MemoryJournals;
import io.fieldwatch.stream.ledger.ModelTrail;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.snapshot.Snapshot;
import io.fieldwatch.stream.snapshot.SnapshotStore;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order in which a batch is recorded, run, delivered and committed, with a real Kafka and a
 * real Spark in this process. The ledger is in memory, where its disk can go away; results go where
 * the test can hold them up; the clock is the test's.
 */
class BatchRunnerIT {
  private static final int PARTITIONS = 3;
  private static final long BEGIN = 1_700_000_000_000L;
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Some for each partition. */
  private static final List<String> DEVICES =
      List.of("lab/d0", "lab/d1", "lab/d2", "lab/d5", "lab/d7", "lab/d8");

  private static final HeldDestination.Stage RESULTS = HeldDestination.stage();

  @TempDir private static @Nullable Path serverFolder;
  private static @Nullable KafkaServer kafka;
  private static @Nullable JavaSparkContext spark;
  private static @Nullable KafkaProducer<byte[], byte[]> producer;

  private final MemoryJournals files = new MemoryJournals();
  private final MovedClock clock = new MovedClock();
  private final ModelTrail trail = new ModelTrail();
  private final Path folder;
  private final StreamConfig config;
  private final SnapshotStore store;
  private final LogEnd logEnd;
  private final Models models;
  private final Ledger ledger;
  private final Position begin;
  private final BatchRunner runner;
  private final List<BatchRunner> runners = new ArrayList<>();

  /** No two tests share an epoch, so the log can be one for all of them. */
  private final String epoch = "e" + System.nanoTime();

  private long seq;

  BatchRunnerIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.config = config();
    this.store = new SnapshotStore(config.hdfs());
    this.logEnd = new LogEnd(kafkaParameters());
    this.models =
        Models.open(
            ModelStore.at(folder.resolve("models").toString(), clock),
            model("m1"),
            Optional.empty());
    this.begin = Position.of(logEnd.endOffsets());
    this.ledger = begin(begin);
    this.runner = runnerFrom(new StartingPoint(Optional.empty(), begin));
  }

  @BeforeAll
  static void start() throws Exception {
    kafka = KafkaServer.start(requireNonNull(serverFolder));
    kafka().createTopic(KafkaTopics.READINGS, PARTITIONS);
    kafka().createTopic(KafkaTopics.QUARANTINE, 1);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka().bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    spark =
        new JavaSparkContext(
            new SparkConf()
                // A task that failed is run once more.
                .setMaster("local[2,2]")
                .setAppName("batches")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    requireNonNull(spark).close();
    requireNonNull(producer).close();
    kafka().close();
  }

  @BeforeEach
  void clear() {
    RESULTS.clear();
  }

  @AfterEach
  void close() {
    ProcessMilestones.watch(Milestones.UNWATCHED);
    // One may be writing a snapshot into the folder that goes away now.
    runners.forEach(BatchRunner::close);
    logEnd.close();
    models.close();
  }

  @Test
  void anIntentIsOnTheDiskBeforeAnythingIsDelivered() throws Exception {
    // Given
    sendFromEach(1);
    Set<String> foundWhenDelivering = ConcurrentHashMap.newKeySet();
    RESULTS.whenDelivering(
        () -> {
          foundWhenDelivering.add(lastLineOnDisk());
          return List.of();
        });

    // When
    tick();

    // Then
    assertThat(foundWhenDelivering)
        .hasSize(1)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(" intent batch=1 ", "from=" + begin, "until=" + logEndPosition()));
  }

  @Test
  void aBatchIsCommittedWhenItsResultsAreDeliveredAndNotBefore() throws Exception {
    // Given
    sendFromEach(1);
    Set<Position> committedWhenDelivering = ConcurrentHashMap.newKeySet();
    RESULTS.whenDelivering(
        () -> {
          committedWhenDelivering.add(ledger.position());
          return List.of();
        });

    // When
    tick();

    // Then
    assertThat(committedWhenDelivering).containsExactly(begin);
    assertThat(ledger.position()).isEqualTo(logEndPosition());
    assertThat(RESULTS.readings()).isEqualTo(eachHas(1));
  }

  @Test
  void aBatchThatCouldNotBeDeliveredIsContainedInTheNext() throws Exception {
    // Given
    sendFromEach(2);
    RESULTS.whenDelivering(BatchRunnerIT::fail);
    tick();
    assertThat(ledger.position()).isEqualTo(begin);
    assertThat(RESULTS.readings()).isEmpty();

    // When
    RESULTS.whenDelivering(List::of);
    tickToTheEnd();

    // Then
    assertThat(RESULTS.readings()).isEqualTo(eachHas(2));
    ledger.settle();
    assertThat(History.of(files.texts()).problems()).isEmpty();
  }

  @Test
  void threeFailuresInARowEndTheJob() throws Exception {
    // Given
    sendFromEach(1);
    RESULTS.whenDelivering(BatchRunnerIT::fail);

    // Then
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(this::tick)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("3 failures in a row"));
  }

  @Test
  void aTaskOfABatchThatFailedWritesNothingOverWhatCameAfterIt() throws Exception {
    // Given a task that is in the middle of a request when another one fails for good
    String device = DEVICES.get(0);
    LeftTask left = new LeftTask(partitionOf(device));
    sendFromEach(1);
    RESULTS.whenDelivering(left::deliverWhateverComes);
    tick();
    RESULTS.whenDelivering(List::of);

    // When its window is closed before the request is through: by the second batch, since the
    // first one reads again what was read before
    send(device, 1);
    sendAt(BEGIN + 60_000, device);
    tick();
    tick();
    left.end();
    tickToTheEnd();

    // Then
    String window = device + " a " + BEGIN;
    assertThat(RESULTS.counts()).containsEntry(window, 2L);
    assertThat(RESULTS.finals()).containsEntry(window, true);
  }

  @Test
  void aTaskThatWaitsIsInterruptedWhenItsBatchFails() throws Exception {
    // Given
    LeftTask left = new LeftTask(partitionOf(DEVICES.get(0)));
    sendFromEach(1);
    RESULTS.whenDelivering(left::deliver);

    // When
    tick();

    // Then
    left.awaitEnd();
    RESULTS.whenDelivering(List::of);
    tickToTheEnd();
    assertThat(RESULTS.readings()).isEqualTo(eachHas(1));
  }

  @Test
  void aTaskOfABatchThatFailedMustEndSomeTime() throws Exception {
    // Given
    LeftTask left = new LeftTask(partitionOf(DEVICES.get(0)));
    sendFromEach(1);
    RESULTS.whenDelivering(left::deliverWhateverComes);
    tick();
    RESULTS.whenDelivering(List::of);

    // When
    clock.move(Duration.ofMinutes(4));

    // Then
    try {
      assertThatThrownBy(this::tick)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Cannot go on: a task of a batch that failed has not ended");
    } finally {
      left.end();
    }
  }

  @Test
  void aTaskThatFailedAfterItHadDeliveredIsRunAgainAndNothingCountsTwice() throws Exception {
    // Given readings that no seq tells from those of the first attempt
    sendFromEach(1);
    tick();
    sendUnsequencedFromEach();
    AtomicInteger deliveries = new AtomicInteger();
    ProcessMilestones.watch(
        milestone -> {
          if (milestone == Milestone.PARTITION_DELIVERED && deliveries.getAndIncrement() == 0) {
            throw new IllegalStateException("failed on purpose");
          }
        });

    // When
    tick();
    sendFromEach(1);
    tick();

    // Then
    assertThat(deliveries).hasValue(2 * PARTITIONS + 1);
    assertThat(RESULTS.readings()).isEqualTo(eachHas(3));
  }

  @Test
  void aBatchThatCannotBeRecordedWaitsForTheLedger() throws Exception {
    // Given
    sendFromEach(1);
    files.goAway();
    tick();
    assertThat(RESULTS.readings()).isEmpty();

    // When
    files.comeBack();
    clock.move(Duration.ofSeconds(5));
    tick();

    // Then
    assertThat(RESULTS.readings()).isEqualTo(eachHas(1));
  }

  @Test
  void whatIsReadAgainIsScoredByTheModelThatScoredItFirst() throws Exception {
    // Given a driver that died behind its first batches, after which another model was promoted
    sendFromEach(1);
    Position scored = logEndPosition();
    trail.add(scored, "m1");
    sendFromEach(1);
    promote("m2");

    // When
    tick();
    tick();

    // Then
    ledger.settle();
    assertThat(onDisk("intent"))
        .anyMatch(line -> line.contains("model=m1 from=" + begin + " until=" + scored))
        .anyMatch(line -> line.contains("model=m2 from=" + scored + " until=" + logEndPosition()));
    assertThat(new HashSet<>(RESULTS.models().subList(0, partitionsOf(DEVICES))))
        .containsExactly("m1");
    assertThat(RESULTS.models()).endsWith("m2");
    assertThat(RESULTS.readings()).isEqualTo(eachHas(2));
  }

  @Test
  void aStateFromBeforeAGrowthIsReadOnThoughThePartitionsThatCameWereRead() throws Exception {
    // Given a device that both numbers of partitions have in the same one
    String device =
        DEVICES.stream()
            .filter(d -> KeyPartition.of(d.getBytes(UTF_8), 2) == partitionOf(d))
            .findFirst()
            .orElseThrow();
    Map<Integer, Long> scored = new HashMap<>(begin.offsets());
    scored.put(2, begin.at(2) + 5);
    trail.add(Position.of(scored), "m1");
    Position before = Position.of(Map.of(0, begin.at(0), 1, begin.at(1)));
    Ledger ledgerBefore = begin(before);
    BatchRunner runnerBefore =
        runnerFrom(new StartingPoint(Optional.empty(), before), ledgerBefore);
    send(device, 1);

    // When
    clock.move(TICK);
    runnerBefore.run(clock.millis());

    // Then
    int partition = partitionOf(device);
    assertThat(ledgerBefore.position().at(partition)).isEqualTo(begin.at(partition) + 1);
    assertThat(RESULTS.readings()).isEqualTo(Map.of(device, 1L));
  }

  @Test
  void whatKafkaHasDeletedIsSteppedOverAndNamed() throws Exception {
    // Given
    int partition = partitionOf(DEVICES.get(0));
    send(DEVICES.get(0), 10);
    long gone = logEndPosition().at(partition);
    kafka().deleteBefore(KafkaTopics.READINGS, partition, gone);
    send(DEVICES.get(0), 3);

    // When
    tick();

    // Then
    long from = begin.at(partition);
    assertThat(RESULTS.readings()).isEqualTo(Map.of(DEVICES.get(0), 3L));
    assertThat(onDisk("gap"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains(
                        "partition=%d from=%d to=%d records=10".formatted(partition, from, gone)));
    assertThat(RESULTS.said())
        .contains(
            "pipeline_gap,partition=%d from=%di,to=%di,records=10i"
                .formatted(partition, from, gone));
  }

  @Test
  void aLogThatIsShorterThanWhatWasReadOfItEndsTheJob() throws Exception {
    // Given what a topic that was made anew looks like
    long end = begin.at(0);
    Map<Integer, Long> read = new HashMap<>(begin.offsets());
    read.put(0, end + 10);
    Position ahead = Position.of(read);
    BatchRunner runnerAhead = runnerFrom(new StartingPoint(Optional.empty(), ahead), begin(ahead));

    // Then
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(
                        () -> {
                          clock.move(TICK);
                          runnerAhead.run(clock.millis());
                        })
                    .hasMessageContaining("3 failures in a row")
                    .cause()
                    .hasMessageStartingWith(
                        "Cannot go on: partition 0 ends at offset %d, the state has read it up to %d."
                            .formatted(end, end + 10)));
  }

  @Test
  void aWindowThatNothingMoreComesForIsWrittenWhileItIsOpen() throws Exception {
    // Given a batch whose windows are not due to be written out
    sendFromEach(1);
    tick();
    RESULTS.clear();
    clock.move(Duration.ofMillis(-900));
    sendFromEach(1);
    tick();
    assertThat(RESULTS.readings()).isEmpty();

    // When nothing comes
    tick();

    // Then
    assertThat(RESULTS.readings()).isEqualTo(eachHas(2));
    assertThat(RESULTS.finals().values()).containsOnly(false);
  }

  @Test
  void aDeviceThatSaysNothingIsLookedAtAllTheSame() throws Exception {
    // Given
    sendFromEach(1);
    tick();
    RESULTS.clear();

    // When nothing comes
    clock.move(config.devicePace());
    tick();

    // Then
    assertThat(RESULTS.devices()).containsExactlyInAnyOrderElementsOf(DEVICES);
  }

  @Test
  void aBatchIsOneJobOfOneStage() throws Exception {
    // Given
    sendFromEach(1);
    tick();
    List<Integer> stages = new ArrayList<>();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            stages.add(start.stageInfos().size());
          }
        };
    context().sc().addSparkListener(counting);

    // When
    sendFromEach(1);
    tick();
    context().sc().listenerBus().waitUntilEmpty();
    context().sc().removeSparkListener(counting);

    // Then
    assertThat(stages).containsExactly(1);
    assertThat(RESULTS.readings()).isEqualTo(eachHas(2));
  }

  @Test
  void aRecordInAnotherPartitionThanItsDevicesIsSentThereAndCountsOnce() throws Exception {
    // Given a producer that does not know how many partitions there are
    String device = DEVICES.get(0);
    send(device, 1);
    sendTo((partitionOf(device) + 1) % PARTITIONS, device);

    // When
    tick();
    Map<String, Long> beforeItIsHome = RESULTS.readings();
    tick();

    // Then
    assertThat(beforeItIsHome).isEqualTo(Map.of(device, 1L));
    assertThat(RESULTS.readings()).isEqualTo(Map.of(device, 2L));
  }

  @Test
  void aRecordWithoutAValueIsRefusedAndThoseAroundItCount() throws Exception {
    // Given
    String device = DEVICES.get(0);
    send(device, 1);
    send(partitionOf(device), device, null);
    send(device, 1);

    // When
    tick();

    // Then
    assertThat(RESULTS.readings()).isEqualTo(Map.of(device, 2L));
    assertThat(ledger.position()).isEqualTo(logEndPosition());
    assertThat(quarantined("")).singleElement().asString().startsWith("not-senml ");
  }

  @Test
  void aPointThatWasRefusedIsInQuarantineWithTheServersWords() throws Exception {
    // Given
    send(DEVICES.get(0), 1);
    String line = "window,device=" + epoch + " mean=1.0 1";
    AtomicInteger deliveries = new AtomicInteger();
    RESULTS.whenDelivering(
        () ->
            deliveries.getAndIncrement() == 0
                ? List.of(new PointWriter.Refused(line, "field type conflict"))
                : List.of());

    // When
    tick();

    // Then
    assertThat(quarantined(line)).containsExactly("point-refused field type conflict");
  }

  @Test
  void aStopDrainsTheLogAndLeavesASnapshotThatTheLedgerVouchesFor() throws Exception {
    // Given
    sendFromEach(1);
    tick();
    sendFromEach(1);

    // When
    clock.move(TICK);
    runner.finish();

    // Then
    History history = History.of(files.texts());
    Snapshot newest =
        store
            .newest(found -> history.vouches(Position.of(found.nextOffsets())).isPresent())
            .orElseThrow();
    assertThat(Position.of(newest.nextOffsets())).isEqualTo(logEndPosition());
    assertThat(RESULTS.readings()).isEqualTo(eachHas(2));
    assertThat(RESULTS.devices()).containsAll(DEVICES);
    assertThat(onDisk("end")).hasSize(1);

    // And a driver that starts from it goes on with the windows
    sendFromEach(1);
    Position position = Position.of(newest.nextOffsets());
    BatchRunner next =
        runnerFrom(new StartingPoint(Optional.of(newest), position), begin(position));
    clock.move(TICK);
    next.run(clock.millis());
    assertThat(RESULTS.readings()).isEqualTo(eachHas(3));
  }

  @Test
  void noSnapshotIsBegunOfAStateWhoseCommitIsNotOnTheDisk() throws Exception {
    // Given a batch whose commit waits for the next intent
    sendFromEach(1);
    tick();
    long numbersOfSecondFile = store.nextNumber(2);

    // When a snapshot is due and the disk is away, and then is back with a second file
    sendFromEach(1);
    files.goAway();
    clock.move(config.snapshotEvery());
    tick();
    files.comeBack();
    clock.move(Duration.ofSeconds(5));
    runner.finish();

    // Then all snapshots were begun behind that file's first lines
    assertThat(store.newest(snapshot -> true)).isPresent();
    assertThat(store.newest(snapshot -> snapshot.number() < numbersOfSecondFile)).isEmpty();
  }

  @Test
  void aSnapshotThatFailedLeavesNothingBehind() throws Exception {
    // Given a partition whose file fails when all others are written
    sendFromEach(1);
    CountDownLatch others = new CountDownLatch(PARTITIONS - 1);
    ProcessMilestones.watch(
        milestone -> {
          if (milestone != Milestone.SNAPSHOT_PARTITION_WRITTEN) {
            return;
          }
          if (TaskContext.getPartitionId() == 0) {
            LeftTask.awaitUnlessInterrupted(others);
            fail();
          }
          others.countDown();
        });

    // When
    clock.move(TICK);
    assertThatThrownBy(runner::finish).hasMessageContaining("failed on purpose");

    // Then
    assertThat(others.getCount()).isZero();
    assertThat(folder.resolve("state")).isEmptyDirectory();
  }

  @Test
  void aSnapshotIsVouchedForAfterAPowerCut() throws Exception {
    // Given
    sendFromEach(1);
    tick();
    Position committed = ledger.position();
    sendFromEach(1);
    clock.move(config.snapshotEvery());
    tick();
    await().until(() -> store.newest(snapshot -> true).isPresent());

    // When
    files.cutPower();

    // Then
    assertThat(History.of(files.texts()).vouches(committed)).isPresent();
    assertThat(store.newest(snapshot -> true).orElseThrow().nextOffsets())
        .isEqualTo(committed.offsets());
  }

  @Test
  void aRehearsalGoesThroughTheLogAndSendsNothing() throws Exception {
    // Given what would be delivered, sent home and quarantined
    sendFromEach(1);
    String device = DEVICES.get(0);
    sendTo((partitionOf(device) + 1) % PARTITIONS, device);
    send(partitionOf(device), device, null);
    Position end = logEndPosition();
    List<String> refused = quarantined("");

    // When
    AtomicInteger batches = new AtomicInteger();
    Rehearsal.End afterTwoPasses = () -> batches.incrementAndGet() > 22;
    new Rehearsal(context(), config, kafkaParameters(), clock, afterTwoPasses).run();

    // Then
    assertThat(batches).hasValueGreaterThan(22);
    assertThat(logEndPosition()).isEqualTo(end);
    assertThat(quarantined("")).isEqualTo(refused);
    assertThat(RESULTS.readings()).isEmpty();
  }

  private void tick() {
    clock.move(TICK);
    runner.run(clock.millis());
  }

  /** Until all that is in the log is delivered; a batch that failed may have tasks for a moment. */
  private void tickToTheEnd() {
    await()
        .until(
            () -> {
              tick();
              return ledger.position().equals(logEndPosition());
            });
  }

  private static List<PointWriter.Refused> fail() {
    throw new IllegalStateException("failed on purpose");
  }

  private void sendFromEach(int packs) throws Exception {
    for (String device : DEVICES) {
      send(device, packs);
    }
  }

  private void send(String device, int packs) throws Exception {
    for (int i = 0; i < packs; i++) {
      sendTo(partitionOf(device), device);
    }
  }

  /** A pack of one reading. All readings lie in one window. */
  private void sendTo(int partition, String device)
      throws InterruptedException, ExecutionException {
    seq++;
    send(partition, device, pack(device, BEGIN, identity()));
  }

  private String identity() {
    return ",\"epoch\":\"%s\",\"seq\":%d".formatted(epoch, seq);
  }

  /** A pack of one reading of a certain time. */
  private void sendAt(long timeMillis, String device)
      throws InterruptedException, ExecutionException {
    seq++;
    send(partitionOf(device), device, pack(device, timeMillis, identity()));
  }

  private void sendUnsequencedFromEach() throws InterruptedException, ExecutionException {
    for (String device : DEVICES) {
      send(partitionOf(device), device, pack(device, BEGIN, ""));
    }
  }

  private static byte[] pack(String device, long timeMillis, String identity) {
    return "[{\"bn\":\"%s/\",\"n\":\"a\",\"t\":%d,\"v\":1%s}]"
        .formatted(device, timeMillis / 1000, identity)
        .getBytes(UTF_8);
  }

  private static void send(int partition, String device, byte @Nullable [] value)
      throws InterruptedException, ExecutionException {
    requireNonNull(producer)
        .send(
            new ProducerRecord<>(
                KafkaTopics.READINGS, partition, BEGIN, device.getBytes(UTF_8), value))
        .get();
  }

  private static int partitionOf(String device) {
    return KeyPartition.of(device.getBytes(UTF_8), PARTITIONS);
  }

  private static int partitionsOf(List<String> devices) {
    return (int) devices.stream().map(BatchRunnerIT::partitionOf).distinct().count();
  }

  private static Map<String, Long> eachHas(long readings) {
    Map<String, Long> all = new HashMap<>();
    DEVICES.forEach(device -> all.put(device, readings));
    return all;
  }

  private Position logEndPosition() {
    return Position.of(logEnd.endOffsets());
  }

  private String lastLineOnDisk() {
    List<String> lines = files.text(files.texts().lastKey()).lines().toList();
    return lines.get(lines.size() - 1);
  }

  private List<String> onDisk(String kind) {
    return files.texts().values().stream()
        .flatMap(String::lines)
        .filter(line -> line.contains(" " + kind + " "))
        .toList();
  }

  /** The reasons for which a value is in quarantine. */
  private List<String> quarantined(String value) {
    List<String> reasons = new ArrayList<>();
    TopicPartition partition = new TopicPartition(KafkaTopics.QUARANTINE, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafkaParameters())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (new String(record.value(), UTF_8).equals(value)) {
            reasons.add(
                header(record, "quarantine.reason") + " " + header(record, "quarantine.detail"));
          }
        }
      }
    }
    return reasons;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private void promote(String version) throws IOException {
    ModelStore models = ModelStore.at(folder.resolve("models").toString(), clock);
    models.add(ModelFile.write(model(version), Map.of(), Map.of()));
    models.promote(version);
    this.models.refresh();
  }

  private static Model model(String version) {
    return new Model(version, 0.5, 0, 4, List.of());
  }

  private Ledger begin(Position position) throws IOException {
    return Ledger.begin(
        files.driver(), History.of(files.texts()), position, new Entry.Release("1.0", "m1"), clock);
  }

  private BatchRunner runnerFrom(StartingPoint start) {
    return runnerFrom(start, ledger);
  }

  private BatchRunner runnerFrom(StartingPoint start, Ledger ledgerOfDriver) {
    BatchRunner made =
        new BatchRunner(
            context(),
            config,
            new HeldDestination(),
            kafkaParameters(),
            models,
            trail,
            store,
            start,
            ledgerOfDriver,
            logEnd,
            clock);
    runners.add(made);
    return made;
  }

  private StreamConfig config() throws IOException {
    StreamConfig read =
        StreamConfigFile.read(
                Files.writeString(
                    folder.resolve("stream.yaml"),
                    """
                    kafka: {bootstrapServers: "%s"}
                    influxdb: {url: "http://127.0.0.1:1", database: none, retentionPolicy: none}
                    hdfs: {uri: "hdfs://127.0.0.1:1"}
                    spark: {master: "local[2,2]"}
                    windows: [10s]
                    """
                        .formatted(kafka().bootstrap())))
            .config();
    return new StreamConfig(
        read.kafka(),
        read.influxdb(),
        new StreamConfig.Hdfs(URI.create("file:///"), folder.toString(), 1),
        read.spark(),
        read.batch(),
        read.openWindowPace(),
        read.devicePace(),
        read.snapshotEvery(),
        read.rules(),
        read.decoders(),
        read.packLimits(),
        read.pulse());
  }

  private static Map<String, Object> kafkaParameters() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka().bootstrap());
    parameters.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    parameters.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    parameters.put(ConsumerConfig.GROUP_ID_CONFIG, "batches");
    parameters.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    parameters.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return parameters;
  }

  private static KafkaServer kafka() {
    return requireNonNull(kafka);
  }

  private static JavaSparkContext context() {
    return requireNonNull(spark);
  }

  /**
   * A task that is held up at its first delivery, and then the task of another partition fails for
   * good.
   */
  private static final class LeftTask {
    private final int partition;
    private final int failing;
    private final AtomicBoolean isFirst = new AtomicBoolean(true);
    private final CountDownLatch delivers = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    LeftTask(int partition) {
      this.partition = partition;
      this.failing = (partition + 1) % PARTITIONS;
    }

    /** The task can be interrupted. */
    List<PointWriter.Refused> deliver() {
      if (isTheOne()) {
        awaitUnlessInterrupted(released);
      }
      return List.of();
    }

    /** The task delivers when it is released, interrupted or not. */
    List<PointWriter.Refused> deliverWhateverComes() {
      if (isTheOne()) {
        boolean isInterrupted = false;
        while (released.getCount() > 0) {
          try {
            released.await();
          } catch (InterruptedException e) {
            isInterrupted = true;
          }
        }
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
      return List.of();
    }

    void end() throws InterruptedException {
      released.countDown();
      awaitEnd();
    }

    void awaitEnd() throws InterruptedException {
      boolean hasEnded = ended.await(10, TimeUnit.SECONDS);
      released.countDown();
      assertThat(hasEnded).as("the task has ended").isTrue();
    }

    private boolean isTheOne() {
      if (TaskContext.getPartitionId() == failing) {
        awaitUnlessInterrupted(delivers);
        fail();
      }
      if (TaskContext.getPartitionId() != partition || !isFirst.getAndSet(false)) {
        return false;
      }
      TaskCompletionListener end = context -> ended.countDown();
      TaskContext.get().addTaskCompletionListener(end);
      delivers.countDown();
      return true;
    }

    private static void awaitUnlessInterrupted(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The test's own time, which begins when the job does. */
  private static final class MovedClock extends Clock {
    private volatile Instant now = Instant.ofEpochMilli(BEGIN);

    void move(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
