package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLockTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private final Path file;

  DriverLockTest(@TempDir Path folder) {
    this.file = folder.resolve("not-there-yet").resolve("driver.lock");
  }

  @Test
  void isTakenByOneAtATime() throws Exception {
    try (DriverLock other = lock()) {
      // Given
      try (DriverLock one = lock()) {
        assertThat(one.take()).isTrue();
        assertThat(one.take()).as("again by who has it").isTrue();

        // When and then
        assertThat(other.take()).isFalse();
        assertThat(other.take(SHORT)).isFalse();
      }
      assertThat(other.take(SHORT)).isTrue();
    }
  }

  @Test
  void isFreeAsSoonAsItsProcessWasKilled() throws Exception {
    // Given a process that has it
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (DriverLock lock = lock()) {
      assertThat(process.inputReader().readLine()).isEqualTo("true");
      assertThat(lock.take()).isFalse();

      // When
      process.destroyForcibly();
      lock.await();

      // Then
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(lock.take()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private DriverLock lock() throws IOException {
    return DriverLock.on(file);
  }

  /** Takes the lock, says so, and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (DriverLock lock = DriverLock.on(Path.of(args[0]))) {
        System.out.println(lock.take());
        Thread.currentThread().join();
      }
    }
  }
}
