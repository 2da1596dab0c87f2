package io.fieldwatch.local.process;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Path folder;

  ChildProcessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothing_stays_behind() throws IOException, InterruptedException {
    var left = pidFile().process();
    if (left.isPresent()) {
      ChildProcess.stop(left.get(), Duration.ZERO);
    }
  }

  @Test
  void a_stop_asks_first_so_that_the_process_ends_in_its_own_way() throws Exception {
    // Given
    ChildProcess child = sh("trap 'echo put in order; exit 7' TERM; echo up; sleep 60 & wait");
    awaitLog("up");

    // When
    child.stop(LONG);

    // Then
    assertThat(child.exitCode()).hasValue(7);
    assertThat(log().tail(1)).containsExactly("put in order");
    assertThat(pidFile().process()).isEmpty();
  }

  @Test
  void a_process_that_does_not_listen_is_killed_after_the_bound() throws Exception {
    // Given
    ChildProcess child = sh("trap '' TERM; echo up; while :; do sleep 0.1; done");
    awaitLog("up");

    // When
    child.stop(Duration.ofMillis(300));

    // Then
    assertThat(child.exitCode()).hasValue(128 + 9);
  }

  @Test
  void a_kill_ends_a_jvm_at_once() throws Exception {
    // Given
    Path source = folder.resolve("Idle.java");
    Files.writeString(
        source,
        """
        class Idle {
          public static void main(String[] args) throws Exception {
            System.out.println("up");
            Thread.sleep(60_000);
          }
        }
        """);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ChildProcess child = start(List.of(java, source.toString()));
    awaitLog("up");

    // When
    child.kill();

    // Then
    assertThat(child.exitCode()).hasValue(128 + 9);
    assertThat(child.alive()).isFalse();
  }

  @Test
  void the_end_of_a_process_is_told() throws Exception {
    // Given
    ChildProcess child = sh("exit 3");

    // When
    ChildProcess ended = child.ended().get(20, TimeUnit.SECONDS);

    // Then
    assertThat(ended.exitCode()).hasValue(3);
  }

  @Test
  void a_child_has_its_own_session_so_that_the_terminal_does_not_stop_it() throws Exception {
    // Given
    ChildProcess child = sh("echo up; sleep 60");
    awaitLog("up");

    // When
    String stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));

    // Then
    String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
    assertThat(session).isEqualTo(Long.toString(child.pid()));
  }

  @Test
  void a_pid_file_outlives_the_starter_and_names_the_same_process_only() throws Exception {
    // Given
    ChildProcess child = sh("sleep 60");
    assertThat(pidFile().process()).map(ProcessHandle::pid).contains(child.pid());

    // When
    Path file = folder.resolve("child.pid");
    Files.writeString(file, child.pid() + " 1000\n");

    // Then
    assertThat(pidFile().process()).isEmpty();
    child.kill();
  }

  @Test
  void a_child_that_no_pid_file_can_name_does_not_go_on() throws Exception {
    // Given
    Path noFolder = Files.createFile(folder.resolve("file"));
    PidFile impossible = new PidFile(noFolder.resolve("child.pid"));
    Launch launch = Launch.of(folder, List.of("/bin/sh", "-c", "exec sleep 60"));
    Set<Long> before = children();

    // When // Then
    assertThatThrownBy(() -> ChildProcess.start(launch, impossible, log()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(noFolder.toString());
    await().atMost(LONG).until(() -> before.containsAll(children()));
  }

  @Test
  void a_stop_has_not_failed_where_only_the_pid_file_stays() throws Exception {
    // Given
    ChildProcess child = sh("exec sleep 60");
    Path file = folder.resolve("child.pid");
    Files.delete(file);
    Files.createDirectories(file.resolve("not empty"));

    // When
    child.stop(LONG);

    // Then
    assertThat(child.alive()).isFalse();
    assertThat(file).exists();
  }

  @Test
  void a_run_that_fails_says_so_with_the_end_of_its_log() {
    assertThatThrownBy(
            () ->
                ChildProcess.run(
                    Launch.of(folder, List.of("/bin/sh", "-c", "echo no space; exit 4")),
                    pidFile(),
                    log(),
                    LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exit code 4")
        .hasMessageContaining("no space");
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(toSet());
  }

  private ChildProcess sh(String script) throws IOException {
    return start(List.of("/bin/sh", "-c", script));
  }

  private ChildProcess start(List<String> command) throws IOException {
    return ChildProcess.start(Launch.of(folder, command), pidFile(), log());
  }

  private void awaitLog(String text) {
    await().atMost(LONG).until(() -> log().containsAfter(0, text));
  }

  private PidFile pidFile() {
    return new PidFile(folder.resolve("child.pid"));
  }

  private LogFile log() {
    return new LogFile(folder.resolve("child.log"));
  }
}
