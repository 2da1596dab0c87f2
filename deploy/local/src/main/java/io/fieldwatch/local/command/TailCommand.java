package io.fieldwatch.local.command;

import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.local.tail.QuarantineLines;
import io.fieldwatch.local.tail.ReadingLines;
import io.fieldwatch.local.tail.RecordLines;
import io.fieldwatch.local.tail.StatusLines;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a topic in the terminal. */
@Command(
    name = "tail",
    description = "Follows a topic until Ctrl-C: readings, status or quarantine.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch tail readings"})
public final class TailCommand implements Callable<Integer> {
  /** What can be followed. */
  enum Topic {
    READINGS(KafkaTopics.READINGS),
    STATUS(KafkaTopics.STATUS),
    QUARANTINE(KafkaTopics.QUARANTINE);

    private final String kafkaName;

    Topic(String kafkaName) {
      this.kafkaName = kafkaName;
    }

    private RecordLines lines() {
      return switch (this) {
        case READINGS -> new ReadingLines();
        case STATUS -> new StatusLines();
        case QUARANTINE -> new QuarantineLines();
      };
    }
  }

  @Mixin private StackOption stackOption = new StackOption();

  @Parameters(paramLabel = "TOPIC", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Topic topic = Topic.READINGS;

  @Option(names = "--from-beginning", description = "Start with the oldest that is kept.")
  private boolean fromBeginning;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "End after this many lines (default: never).")
  private long most = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException {
    String bootstrap = stackOption.runningEndpoints().kafkaBootstrap();
    RecordLines lines = topic.lines();
    try (TopicReader reader =
        fromBeginning
            ? TopicReader.fromBeginning(bootstrap, topic.kafkaName)
            : TopicReader.fromEnd(bootstrap, topic.kafkaName)) {
      long[] printed = {0};
      while (printed[0] < most) {
        reader.readSome(
            record ->
                lines.of(record).stream()
                    .takeWhile(line -> printed[0]++ < most)
                    .forEach(System.out::println));
      }
    }
    return 0;
  }
}
