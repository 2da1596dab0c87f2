package io.fieldwatch.agent;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.agent.mqtt.DeviceSession;
import io.fieldwatch.agent.source.PackWriter;
import io.fieldwatch.agent.source.Source;
import io.fieldwatch.agent.spool.Spool;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.SenmlWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One device: its source, its spool and its session with the broker. */
final class DeviceLine implements PackWriter {
  private final DeviceId device;
  private final Source source;
  private final Spool spool;
  private final DeviceSession session;

  DeviceLine(DeviceId device, Source source, Spool spool, DeviceSession session) {
    this.device = requireNonNull(device, "device is null");
    this.source = requireNonNull(source, "source is null");
    this.spool = requireNonNull(spool, "spool is null");
    this.session = requireNonNull(session, "session is null");
  }

  @Override
  public PackId nextId() {
    return spool.nextId();
  }

  @Override
  public void write(List<Reading> readings) throws IOException {
    spool.append(
        readings.size(), id -> SenmlWriter.toJson(new Pack(device, Optional.of(id), readings)));
    session.wake();
  }

  @Override
  public boolean hasRoom() {
    return !spool.isHalfFull();
  }

  @Override
  public void sync() throws IOException {
    spool.sync();
  }

  DeviceId device() {
    return device;
  }

  Source source() {
    return source;
  }

  Spool spool() {
    return spool;
  }

  DeviceSession session() {
    return session;
  }
}
