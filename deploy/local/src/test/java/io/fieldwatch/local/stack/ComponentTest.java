package io.fieldwatch.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.process.Launch;
import io.fieldwatch.local.stack.Component.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentTest {
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<Component> died = Collections.synchronizedList(new ArrayList<>());
  private final List<Component> made = new ArrayList<>();
  private final Path folder;
  private final DataDirectory data;

  ComponentTest(@TempDir Path folder) {
    this.folder = folder;
    this.data = new DataDirectory(folder);
  }

  @AfterEach
  void nothing_stays_behind() throws IOException, InterruptedException {
    for (Component component : made) {
      component.kill();
    }
  }

  @Test
  void a_component_is_ready_when_its_service_says_so() throws Exception {
    // Given
    Component component = component("echo serving; exec sleep 60", "serving");

    // When
    component.start();

    // Then
    assertThat(component.state()).isEqualTo(State.READY);
    assertThat(component.pid()).isPresent();
    assertThat(heard).containsExactly("starting", "ready");
  }

  @Test
  void a_component_that_ends_during_its_start_is_told_with_the_end_of_its_log() {
    // Given
    Component component = component("echo port is taken; exit 5", "serving");

    // When // Then
    assertThatThrownBy(component::start)
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("Cannot start service: it ended with exit code 5")
        .hasMessageContaining("port is taken");
    assertThat(component.state()).isEqualTo(State.DIED);
  }

  @Test
  void a_component_that_dies_by_itself_is_reported_once() throws Exception {
    // Given
    Component component = component("echo serving; exec sleep 60", "serving");
    component.start();

    // When
    ProcessHandle.of(component.pid().orElseThrow()).orElseThrow().destroyForcibly();

    // Then
    await().until(() -> died.size() == 1);
    assertThat(component.state()).isEqualTo(State.DIED);
    assertThat(component.exitCode()).hasValue(128 + 9);
  }

  @Test
  void a_component_that_was_killed_on_purpose_is_no_news_and_starts_again() throws Exception {
    // Given
    Component component = component("echo serving; exec sleep 60", "serving");
    component.start();
    long first = component.pid().orElseThrow();

    // When
    component.kill();
    component.start();

    // Then
    assertThat(component.pid()).isPresent();
    assertThat(component.pid().orElseThrow()).isNotEqualTo(first);
    assertThat(died).isEmpty();
  }

  @Test
  void a_stop_ends_a_start_that_still_waits() throws Exception {
    // Given
    Component component = component("echo up; exec sleep 60", "never said");
    CompletableFuture<Throwable> start =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                component.start();
                return new AssertionError("started");
              } catch (IOException | InterruptedException e) {
                return e;
              }
            });
    await().until(() -> component.pid().isPresent());

    // When
    component.stop();

    // Then
    assertThat(start.get(20, TimeUnit.SECONDS)).hasMessageContaining("it was stopped");
    assertThat(component.pid()).isEmpty();
  }

  @Test
  void a_retired_component_does_not_start_again() throws Exception {
    // Given
    Component component = component("echo serving; exec sleep 60", "serving");
    component.retire();

    // When // Then
    assertThatThrownBy(component::start).hasMessageContaining("its stack was closed");
  }

  @Test
  void what_a_killed_launcher_left_behind_is_ended_and_nothing_else() throws Exception {
    // Given
    Component component = component("echo serving; exec sleep 60", "serving");
    component.start();
    Process foreign = new ProcessBuilder("sleep", "60").start();

    // When
    int ended = LeftOver.end(data);

    // Then
    assertThat(ended).isEqualTo(1);
    await().until(() -> component.pid().isEmpty());
    assertThat(foreign.isAlive()).isTrue();
    foreign.destroyForcibly();
  }

  private Component component(String script, String sign) {
    StackListener listener =
        new StackListener() {
          @Override
          public void starting(Component component) {
            heard.add("starting");
          }

          @Override
          public void ready(Component component, Duration took) {
            heard.add("ready");
          }
        };
    Component component = new Component(new ScriptService(script, sign), data, listener, died::add);
    made.add(component);
    return component;
  }

  /** Serves as soon as its log has a sign. */
  private final class ScriptService implements Service {
    private final String script;
    private final String sign;

    private ScriptService(String script, String sign) {
      this.script = script;
      this.sign = sign;
    }

    @Override
    public String name() {
      return "service";
    }

    @Override
    public Launch launch() {
      return Launch.of(folder, List.of("/bin/sh", "-c", script));
    }

    @Override
    public boolean isReady() {
      return data.log(name()).containsAfter(0, sign);
    }
  }
}
