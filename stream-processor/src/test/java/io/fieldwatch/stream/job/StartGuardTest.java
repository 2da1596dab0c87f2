package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.stream.config.StreamConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of one process after the other, which know of each other by a file. */
class StartGuardTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final StreamConfig.Hdfs files;

  StartGuardTest(@TempDir Path folder) {
    this.files = new StreamConfig.Hdfs(URI.create("file:///"), "" + folder, 1);
  }

  @Test
  void afterThreeFailuresTheCheckpointIsLeftAsideAndAfterAFourthThereIsNoStart()
      throws IOException {
    // Given
    for (int second = 0; second < 3; second++) {
      StartGuard guard = guardAt(second);
      assertThat(guard.begin()).as("leaves the checkpoint aside").isFalse();
      guard.failed(Starts.End.FAILED);
    }

    // When
    StartGuard fourth = guardAt(3);
    assertThat(fourth.begin()).as("leaves the checkpoint aside").isTrue();
    fourth.failed(Starts.End.FAILED_WITHOUT_CHECKPOINT);

    // Then
    assertThatThrownBy(() -> guardAt(4).begin())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot start: it has failed again and again")
        .hasMessageContaining(files.root() + "/starts");
    assertThatThrownBy(() -> guardAt(5).begin()).isInstanceOf(IllegalStateException.class);

    // And later it is tried again
    assertThat(guardAt(3 + Starts.WINDOW.toSeconds()).begin()).isFalse();
  }

  @Test
  void aProcessThatWasKilledThreeTimesLeavesTheCheckpointAsideAndStarts() throws IOException {
    // Given
    for (int second = 0; second < 3; second++) {
      assertThat(guardAt(second).begin()).isFalse();
    }

    // Then
    for (int second = 3; second < 20; second++) {
      assertThat(guardAt(second).begin()).isTrue();
    }
  }

  @Test
  void aGoodEndForgetsTheFailuresBeforeIt() throws IOException {
    // Given
    for (int second = 0; second < 3; second++) {
      StartGuard guard = guardAt(second);
      guard.begin();
      guard.failed(Starts.End.FAILED);
    }
    StartGuard good = guardAt(3);
    good.begin();

    // When
    good.endedWell();

    // Then
    assertThat(guardAt(4).begin()).isFalse();
  }

  private StartGuard guardAt(long second) {
    Clock clock = Clock.fixed(NOON.plus(Duration.ofSeconds(second)), ZoneOffset.UTC);
    return new StartGuard(files, new Configuration(), clock);
  }
}
