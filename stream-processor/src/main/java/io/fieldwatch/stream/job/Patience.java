package io.fieldwatch.stream.job;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the start of the job for servers that are away, such as after a power cut. */
final class Patience {
  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private Patience() {}

  /** Something that needs HDFS or Kafka and can be tried again. */
  @FunctionalInterface
  interface Attempt<T> {
    T make() throws IOException, InterruptedException;
  }

  /**
   * Tries until it succeeds, at most for {@link #BOUND}.
   *
   * @throws IOException if HDFS is still away
   * @throws KafkaException if Kafka is still away
   */
  static <T> T with(Attempt<T> attempt) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      try {
        return attempt.make();
      } catch (IOException | KafkaException e) {
        if (System.nanoTime() - begin > BOUND.toNanos()) {
          throw e;
        }
        log.warn("Cannot start yet, trying again: pause={} reason={}", PAUSE, e.getMessage());
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    }
  }
}
