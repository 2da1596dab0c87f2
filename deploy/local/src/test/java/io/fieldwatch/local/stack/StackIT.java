package io.fieldwatch.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the real servers of the stack with the connector, without stream job and agents. */
class StackIT {
  private final Path folder;

  StackIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void the_servers_start_serve_survive_a_kill_and_leave_no_process() throws Exception {
    List<ProcessHandle> processes;
    try (Stack stack = Stack.in(folder.resolve("stack")).withoutStreamJob().start()) {
      // Given
      processes =
          stack.components().stream()
              .map(component -> ProcessHandle.of(component.pid().orElseThrow()).orElseThrow())
              .toList();
      assertThat(stack.components()).allMatch(c -> c.state() == Component.State.READY);
      assertThat(databases(stack)).contains("fieldwatch");
      assertThat(writtenStatuses(stack)).isZero();
      assertThatThrownBy(() -> Stack.in(folder.resolve("stack")).start())
          .hasMessageContaining("a stack runs there");

      // When
      stack.connect().kill();
      stack.connect().start();

      // Then
      assertThat(stack.connect().state()).isEqualTo(Component.State.READY);
      assertThat(Files.readString(stack.connect().logFile())).contains("mqtt-source");
    }
    assertThat(processes).hasSize(6).noneMatch(ProcessHandle::isAlive);
    assertThat(new DataDirectory(folder.resolve("stack")).startedNames()).isEmpty();
  }

  private static List<String> databases(Stack stack) throws IOException, InterruptedException {
    return new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch")
        .run("SHOW DATABASES").stream().map(row -> row.text("name").orElse("")).toList();
  }

  private static long writtenStatuses(Stack stack) {
    try (TopicReader reader =
        TopicReader.fromEnd(stack.endpoints().kafkaBootstrap(), KafkaTopics.STATUS)) {
      return reader.written();
    }
  }
}
