package io.fieldwatch.agent.source;

import io.fieldwatch.status.DeviceStatus;
import java.util.List;

/** Gives the readings of one device. A source that meets trouble logs it and goes on. */
public interface Source extends AutoCloseable {
  /** What to announce; any thread. May become longer while the source learns what there is. */
  List<DeviceStatus.Sensor> sensors();

  /** Begins to write readings, on threads of the source's own. Called once; does not block. */
  void start(PackWriter writer);

  /** Writes what was collected and stops. When it returns, nothing is written any more. */
  @Override
  void close();
}
