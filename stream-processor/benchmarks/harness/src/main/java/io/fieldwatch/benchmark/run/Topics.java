package io.fieldwatch.benchmark.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Makes and removes topics. Calls block until the broker has answered. */
final class Topics implements AutoCloseable {
  private static final short ONE_COPY = 1;

  private final Admin admin;

  /** Whose time a topic's records have. */
  enum Clock {
    SENDER("CreateTime"),
    BROKER("LogAppendTime");

    private final String word;

    Clock(String word) {
      this.word = word;
    }
  }

  Topics(String bootstrap) {
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
  }

  /** A topic that keeps everything, however old it says it is. */
  void create(String name, int partitions, Clock clock) throws IOException, InterruptedException {
    NewTopic topic =
        new NewTopic(name, partitions, ONE_COPY)
            .configs(
                Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1",
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    clock.word));
    await(admin.createTopics(List.of(topic)).all(), "create topic " + name);
  }

  /** Lets a topic that exists keep everything, with the times of that clock. */
  void keepAll(String name, Clock clock) throws IOException, InterruptedException {
    await(
        admin
            .incrementalAlterConfigs(
                Map.of(
                    new ConfigResource(ConfigResource.Type.TOPIC, name),
                    List.of(
                        set(TopicConfig.RETENTION_MS_CONFIG, "-1"),
                        set(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, clock.word))))
            .all(),
        "configure topic " + name);
  }

  void delete(String name) throws IOException, InterruptedException {
    await(admin.deleteTopics(List.of(name)).all(), "delete topic " + name);
  }

  @Override
  public void close() {
    admin.close();
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }

  private static void await(Future<?> answer, String what)
      throws IOException, InterruptedException {
    try {
      answer.get();
    } catch (ExecutionException e) {
      throw new IOException("Cannot " + what + ": " + e.getCause(), e);
    }
  }
}
