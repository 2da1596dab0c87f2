package io.fieldwatch.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopOrderTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Component> made = new ArrayList<>();
  private final Path folder;

  StopOrderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothing_stays_behind() throws IOException, InterruptedException {
    for (Component component : made) {
      component.kill();
    }
    threads.shutdownNow();
  }

  @Test
  void what_cannot_be_stopped_keeps_nothing_else_running() throws Exception {
    // Given
    Component stuck = started(new Stuck("stuck", folder));
    Component besideIt = started(new Sleeper("beside", folder));
    Component later = started(new Sleeper("later", folder));
    StopOrder order = new StopOrder(threads);

    // When
    order.retire(List.of(stuck, besideIt));
    order.retire(List.of(later));

    // Then
    assertThat(besideIt.pid()).isEmpty();
    assertThat(later.pid()).isEmpty();
    assertThat(stuck.pid()).isPresent();
    assertThatThrownBy(order::throwFirst)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nobody knows how to stop stuck");
  }

  @Test
  void the_first_failure_is_thrown_and_has_the_others_with_it() throws Exception {
    // Given
    StopOrder order = new StopOrder(threads);
    order.attempt(
        () -> {
          throw new IOException("first");
        });
    order.attempt(
        () -> {
          throw new IllegalStateException("second");
        });

    // When // Then
    assertThatThrownBy(order::throwFirst)
        .hasMessage("first")
        .satisfies(
            first ->
                assertThat(first.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("Cannot stop all: second"));
  }

  @Test
  void where_all_could_be_stopped_nothing_is_thrown() throws Exception {
    // Given
    Component component = started(new Sleeper("sleeper", folder));
    StopOrder order = new StopOrder(threads);

    // When
    order.retire(List.of(component));
    order.throwFirst();

    // Then
    assertThat(component.pid()).isEmpty();
  }

  private Component started(Service service) throws IOException, InterruptedException {
    Component component =
        new Component(service, new DataDirectory(folder), StackListener.NONE, died -> {});
    made.add(component);
    component.start();
    return component;
  }

  private static class Sleeper implements Service {
    private final String name;
    private final Path folder;

    private Sleeper(String name, Path folder) {
      this.name = name;
      this.folder = folder;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Launch launch() {
      return Launch.of(folder, List.of("/bin/sh", "-c", "exec sleep 60"));
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }

  private static final class Stuck extends Sleeper {
    private Stuck(String name, Path folder) {
      super(name, folder);
    }

    @Override
    public Duration stopBound() {
      throw new IllegalStateException("nobody knows how to stop " + name());
    }
  }
}
