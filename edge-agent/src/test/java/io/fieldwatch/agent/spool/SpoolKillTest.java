package io.fieldwatch.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolKillTest {
  private static final int KILLS = 8;

  /** A killed process may have appended one pack more than it said, and its last line is torn. */
  private static final int UNHEARD = 2;

  private final Path folder;
  private String epoch = "";
  private long appended;
  private long acknowledged;

  SpoolKillTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void seqsStayGaplessAndNothingUnacknowledgedIsLostWhenTheProcessIsKilledAgainAndAgain()
      throws Exception {
    // Given
    Random random = new Random();

    // When
    for (int i = 0; i < KILLS; i++) {
      runAndKill(500 + random.nextInt(4000));
    }

    // Then
    try (Spool spool =
        Spool.open(folder, SpoolWriter.LIMITS, BootId.ofThisMachine(), new Random())) {
      assertThat(spool.epoch()).isEqualTo(epoch);
      assertThat(spool.damagedSegments()).isZero();
      assertThat(spool.nextId().seq()).isBetween(appended + 1, appended + 1 + UNHEARD);
      assertThat(spool.counts().droppedReadings()).isZero();
      checkContent(spool);
    }
  }

  private void checkContent(Spool spool) throws IOException {
    List<Long> seqs = new ArrayList<>();
    for (Optional<SpooledPack> p = spool.read(); p.isPresent(); p = spool.read()) {
      seqs.add(p.get().id().seq());
      assertThat(p.get().payload()).isEqualTo(SpoolWriter.payloadOf(p.get().id().seq()));
    }
    assertThat(seqs).isNotEmpty();
    assertThat(seqs.get(0)).isLessThanOrEqualTo(acknowledged + UNHEARD);
    for (int i = 1; i < seqs.size(); i++) {
      assertThat(seqs.get(i)).isEqualTo(seqs.get(0) + i);
    }
    assertThat(seqs.get(seqs.size() - 1)).isEqualTo(spool.nextId().seq() - 1);
  }

  /** Lets the process print so many lines, kills it with -9, and reads what it still said. */
  private void runAndKill(int lines) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolWriter.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      for (int i = 0; line != null; i++) {
        if (i == lines) {
          // By its handle: Process.destroyForcibly also throws away what it still said.
          process.toHandle().destroyForcibly();
        }
        String next = out.readLine();
        if (next != null) {
          note(line);
        }
        line = next; // the last line may be torn, it is not looked at
      }
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);
  }

  private void note(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "open" -> {
        assertThat(epoch).isIn("", words[1]);
        epoch = words[1];
      }
      case "appended" -> {
        long seq = Long.parseLong(words[1]);
        assertThat(seq).isBetween(appended + 1, appended + 1 + UNHEARD);
        appended = seq;
      }
      default -> acknowledged = Math.max(acknowledged, Long.parseLong(words[1]));
    }
  }
}
