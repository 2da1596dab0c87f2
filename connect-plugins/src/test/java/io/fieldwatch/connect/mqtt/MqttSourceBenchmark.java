package io.fieldwatch.connect.mqtt;

import io.fieldwatch.topic.KafkaTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast one task carries a backlog from Mosquitto to Kafka through a real worker, and what it
 * costs. Everything runs on this machine. From connect-plugins, after {@code mvn package}:
 *
 * <pre>
 * mvn -q dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test-classpath.txt
 * java -Dconnect.plugins.zip=target/fieldwatch-connect-plugins.zip \
 *   -cp target/test-classes:target/classes:$(cat target/test-classpath.txt) \
 *   io.fieldwatch.connect.mqtt.MqttSourceBenchmark [messages] [payload bytes]
 * </pre>
 *
 * Prints one line of JSON. The servers' data stays in a temporary folder, whose name is on standard
 * error.
 */
final class MqttSourceBenchmark {
  private MqttSourceBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500_000;
    int bytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
    Path directory = Files.createTempDirectory("mqtt-source-benchmark");
    System.err.println("Data and logs: " + directory);
    try (Mosquitto mosquitto = Mosquitto.start(directory.resolve("mosquitto"));
        KafkaServer kafka = KafkaServer.start(directory.resolve("kafka"));
        ConnectWorker worker =
            ConnectWorker.start(directory.resolve("worker"), kafka.bootstrap())) {
      kafka.createTopic(KafkaTopics.READINGS, 4, Map.of());
      kafka.createTopic(KafkaTopics.STATUS, 1, Map.of());
      kafka.createTopic(KafkaTopics.QUARANTINE, 1, Map.of());
      Map<String, String> config = new HashMap<>(SampleConfigTest.sample());
      config.put("mqtt.uri", mosquitto.uri());
      config.put("tasks.max", "1");
      worker.configure("bench", config);
      worker.awaitRunning("bench");
      drain(worker, kafka, config, mosquitto, 50_000, bytes);
      Duration workerBefore = worker.cpu();
      Duration kafkaBefore = kafka.cpu();
      Duration brokerBefore = mosquitto.cpu();
      double seconds = drain(worker, kafka, config, mosquitto, messages, bytes);
      System.out.printf(
          "{\"name\":\"mqtt-source\",\"messages\":%d,\"bytes\":%d,\"messages_per_second\":%.0f,"
              + "\"worker_cpu_seconds\":%.1f,\"kafka_cpu_seconds\":%.1f,\"mosquitto_cpu_seconds\":%.1f,"
              + "\"seconds\":%.1f}%n",
          messages,
          bytes,
          messages / seconds,
          seconds(worker.cpu().minus(workerBefore)),
          seconds(kafka.cpu().minus(kafkaBefore)),
          seconds(mosquitto.cpu().minus(brokerBefore)),
          seconds);
    }
  }

  /** Publishes while the connector is paused, then measures how long it takes to carry it all. */
  private static double drain(
      ConnectWorker worker,
      KafkaServer kafka,
      Map<String, String> config,
      Mosquitto mosquitto,
      int messages,
      int bytes)
      throws Exception {
    long goal = kafka.size(KafkaTopics.READINGS) + messages;
    worker.delete("bench");
    try (Publisher publisher = new Publisher(mosquitto.uri())) {
      for (int i = 0; i < messages; i++) {
        publisher.publish(
            "fieldwatch/bench/d" + i % 100 + "/telemetry", new byte[bytes], "message");
      }
      publisher.flush();
    }
    long first = kafka.size(KafkaTopics.READINGS);
    worker.configure("bench", config);
    while (kafka.size(KafkaTopics.READINGS) == first) {
      Thread.sleep(50);
    }
    long counted = kafka.size(KafkaTopics.READINGS);
    long start = System.nanoTime();
    while (kafka.size(KafkaTopics.READINGS) < goal) {
      Thread.sleep(250);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return seconds * messages / (goal - counted);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
