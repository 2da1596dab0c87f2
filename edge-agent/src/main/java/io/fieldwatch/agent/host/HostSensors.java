package io.fieldwatch.agent.host;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.ToLongFunction;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;

/** This machine through OSHI. Rates are means since the round before. One thread. */
final class HostSensors {
  private static final double NANOS_PER_SECOND = 1e9;

  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final oshi.hardware.Sensors sensors;
  private final List<HWDiskStore> disks;
  private final List<NetworkIF> networks;
  private final FileStore root;
  private final boolean hasTemperature;

  private long[] processorTicks;
  private Traffic before;

  /** Bytes since the machine started, and when they were counted. */
  private record Traffic(long nanos, long diskRead, long diskWritten, long received, long sent) {}

  /** Takes one value. */
  @FunctionalInterface
  interface Target {
    void accept(HostSensor sensor, double value);
  }

  HostSensors(long nanos) {
    HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
    this.processor = hardware.getProcessor();
    this.memory = hardware.getMemory();
    this.sensors = hardware.getSensors();
    this.disks = hardware.getDiskStores().stream().filter(HostSensors::isPhysical).toList();
    this.networks = hardware.getNetworkIFs();
    this.root = rootFileStore();
    this.processorTicks = processor.getSystemCpuLoadTicks();
    this.hasTemperature = sensors.getCpuTemperature() > 0;
    this.before = traffic(nanos);
  }

  private static FileStore rootFileStore() {
    try {
      return Files.getFileStore(Path.of("/"));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot find the root file system: " + e.getMessage(), e);
    }
  }

  /** Volumes on other volumes would count the same bytes twice. */
  private static boolean isPhysical(HWDiskStore disk) {
    String name = Path.of(disk.getName()).getFileName().toString();
    return !name.matches("(dm-|loop|ram|zram|md|sr).*");
  }

  /** What this machine has. */
  EnumSet<HostSensor> names() {
    EnumSet<HostSensor> names = EnumSet.allOf(HostSensor.class);
    if (!hasTemperature) {
      names.remove(HostSensor.CPU_TEMPERATURE);
    }
    return names;
  }

  /**
   * Reads everything once.
   *
   * @param nanos now, by a monotonic clock
   */
  void read(long nanos, Target target) throws IOException {
    target.accept(HostSensor.LOAD_1M, processor.getSystemLoadAverage(1)[0]);
    target.accept(HostSensor.CPU_USAGE, processor.getSystemCpuLoadBetweenTicks(processorTicks));
    processorTicks = processor.getSystemCpuLoadTicks();
    target.accept(HostSensor.MEMORY_USED, (double) (memory.getTotal() - memory.getAvailable()));
    target.accept(HostSensor.MEMORY_AVAILABLE, (double) memory.getAvailable());
    target.accept(HostSensor.SWAP_USED, (double) memory.getVirtualMemory().getSwapUsed());
    target.accept(
        HostSensor.DISK_USED, (double) (root.getTotalSpace() - root.getUnallocatedSpace()));
    readTraffic(nanos, target);
    if (hasTemperature) {
      target.accept(HostSensor.CPU_TEMPERATURE, sensors.getCpuTemperature());
    }
  }

  private void readTraffic(long nanos, Target target) {
    Traffic now = traffic(nanos);
    double seconds = (now.nanos() - before.nanos()) / NANOS_PER_SECOND;
    if (seconds > 0) {
      rate(HostSensor.DISK_READ, before.diskRead(), now.diskRead(), seconds, target);
      rate(HostSensor.DISK_WRITE, before.diskWritten(), now.diskWritten(), seconds, target);
      rate(HostSensor.NETWORK_RX, before.received(), now.received(), seconds, target);
      rate(HostSensor.NETWORK_TX, before.sent(), now.sent(), seconds, target);
    }
    before = now;
  }

  /** A counter that went back was reset; that round has no rate. */
  private static void rate(HostSensor sensor, long from, long to, double seconds, Target target) {
    if (to >= from) {
      target.accept(sensor, (to - from) / seconds);
    }
  }

  private Traffic traffic(long nanos) {
    disks.forEach(HWDiskStore::updateAttributes);
    networks.forEach(NetworkIF::updateAttributes);
    return new Traffic(
        nanos,
        sum(disks, HWDiskStore::getReadBytes),
        sum(disks, HWDiskStore::getWriteBytes),
        sum(networks, NetworkIF::getBytesRecv),
        sum(networks, NetworkIF::getBytesSent));
  }

  private static <T> long sum(List<T> things, ToLongFunction<T> bytes) {
    return things.stream().mapToLong(bytes).sum();
  }
}
