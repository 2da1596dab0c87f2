package io.fieldwatch.stream.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a restart does with the state when the topic has got more partitions. */
class SplitStateTest {
  private static final int BEFORE = 2;
  private static final int AFTER = 5;

  /** Any function of the key will do; Kafka's own is tested where it is used. */
  private static int hash(String key) {
    return Math.floorMod(key.hashCode(), 1 << 20);
  }

  @Test
  void everyDeviceIsAfterwardsInThePartitionOfItsKeyAndNowhereElse() throws IOException {
    // Given
    List<PartitionState> states =
        IntStream.range(0, BEFORE).mapToObj(SplitStateTest::stateOf).toList();
    List<String> keys = new ArrayList<>();

    for (int i = 0; i < AFTER; i++) {
      // When
      int partition = i;
      List<PartitionState> parts =
          states.stream().map(state -> state.only(key -> hash(key) % AFTER == partition)).toList();
      PartitionState state = written(PartitionState.union(partition, 1000 + partition, parts));

      // Then
      assertThat(state.partition()).isEqualTo(partition);
      assertThat(state.nextOffset()).isEqualTo(1000 + partition);
      for (DeviceState device : state.devices()) {
        assertThat(hash(device.id().key()) % AFTER).isEqualTo(partition);
        keys.add(device.id().key());
      }
    }
    assertThat(keys).doesNotHaveDuplicates().hasSize(200);
    assertThat(states.get(0).devices().size() + states.get(1).devices().size()).isEqualTo(200);
  }

  private static PartitionState written(PartitionState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateFile.write(state, bytes);
    return StateFile.read(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static PartitionState stateOf(int partition) {
    WindowTree tree = WindowTree.of(List.of(WindowSpec.tumbling(Duration.ofSeconds(10))));
    WindowPlan plan = WindowPlan.of(tree);
    Map<String, DeviceState> devices = new LinkedHashMap<>();
    for (int i = 0; i < 200; i++) {
      DeviceId id = new DeviceId("lab", "d" + i);
      if (hash(id.key()) % BEFORE == partition) {
        devices.put(id.key(), new DeviceState(new Object(), id, plan));
      }
    }
    return new PartitionState(plan, partition, 77, devices);
  }
}
