package io.fieldwatch.agent;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.agent.config.AgentConfig;
import io.fieldwatch.agent.config.SourceConfig;
import io.fieldwatch.agent.csv.FileRejectedException;
import io.fieldwatch.agent.folder.FolderSource;
import io.fieldwatch.agent.host.HostSource;
import io.fieldwatch.agent.mqtt.BrokerSettings;
import io.fieldwatch.agent.mqtt.DeviceSession;
import io.fieldwatch.agent.replay.ReplaySource;
import io.fieldwatch.agent.replay.ReplaySource.TimeShift;
import io.fieldwatch.agent.simulator.FaultSettings;
import io.fieldwatch.agent.simulator.SimulatedDevice;
import io.fieldwatch.agent.simulator.SimulatorSource;
import io.fieldwatch.agent.simulator.TruthFile;
import io.fieldwatch.agent.source.PeriodicTask;
import io.fieldwatch.agent.source.Progress;
import io.fieldwatch.agent.source.Source;
import io.fieldwatch.agent.spool.BootId;
import io.fieldwatch.agent.spool.Spool;
import io.fieldwatch.agent.spool.SpoolLimits;
import io.fieldwatch.reading.DeviceId;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * The devices of one configuration, put together and running. {@link #start} returns when all
 * spools are open; whether the broker is there does not matter.
 */
final class Agent implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Agent.class.getName());
  private static final Duration FOLDER_LOOK = Duration.ofSeconds(1);
  private static final int SOURCE_THREADS = 2;

  private final AgentConfig config;
  private final String version;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final BootId boot = BootId.ofThisMachine();
  private final BrokerSettings broker;
  private final ScheduledExecutorService sourceThreads =
      Executors.newScheduledThreadPool(SOURCE_THREADS, named("source"));
  private final ScheduledExecutorService syncThread =
      Executors.newSingleThreadScheduledExecutor(named("sync"));
  private final List<DeviceLine> lines = new ArrayList<>();
  private final List<PeriodicTask> tasks = new ArrayList<>();
  private final List<Closeable> files = new ArrayList<>();

  private Agent(AgentConfig config, String version, InstantSource clock, RandomGenerator random)
      throws IOException {
    this.config = requireNonNull(config, "config is null");
    this.version = requireNonNull(version, "version is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
    this.broker = brokerSettings(config.mqtt());
  }

  /**
   * Opens everything and begins.
   *
   * @param out takes one line a device: {@code ready device=… epoch=…}
   * @throws IOException if a spool or a file cannot be used; nothing runs then
   */
  static Agent start(
      AgentConfig config,
      String version,
      InstantSource clock,
      RandomGenerator random,
      PrintStream out)
      throws IOException, FileRejectedException {
    Agent agent = new Agent(config, version, clock, random);
    boolean started = false;
    try {
      agent.build();
      agent.begin(out);
      started = true;
    } finally {
      if (!started) {
        agent.close();
      }
    }
    return agent;
  }

  private static BrokerSettings brokerSettings(AgentConfig.Mqtt mqtt) throws IOException {
    Optional<BrokerSettings.Login> login = Optional.empty();
    if (mqtt.username().isPresent()) {
      String password =
          mqtt.passwordFile().isPresent()
              ? Files.readString(mqtt.passwordFile().get()).stripTrailing()
              : "";
      login = Optional.of(new BrokerSettings.Login(mqtt.username().get(), password));
    }
    return new BrokerSettings(mqtt.uri(), mqtt.maxInflight(), login);
  }

  private void build() throws IOException, FileRejectedException {
    for (AgentConfig.Device device : config.devices()) {
      add(device.id(), source(device.id(), device.source()));
    }
    if (config.simulate().isPresent()) {
      addFleet(config.simulate().get());
    }
  }

  private Source source(DeviceId device, SourceConfig source)
      throws IOException, FileRejectedException {
    if (source instanceof SourceConfig.Replay replay) {
      TimeShift shift =
          replay.times() == SourceConfig.Times.NOW ? TimeShift.TO_NOW : TimeShift.NONE;
      return new ReplaySource(
          replay.file(), replay.speed(), shift, replay.ignore(), progress(device), clock);
    }
    if (source instanceof SourceConfig.Folder folder) {
      return new FolderSource(
          device, folder.directory(), folder.ignore(), progress(device), FOLDER_LOOK);
    }
    return new HostSource(((SourceConfig.Host) source).interval(), sourceThreads, clock);
  }

  private Progress progress(DeviceId device) {
    return new Progress(spoolFolder(device).resolve("progress"));
  }

  private void addFleet(AgentConfig.Simulate fleet) throws IOException {
    SimulatedDevice.FaultListener truth = fault -> {};
    if (fleet.faults().isPresent()) {
      TruthFile file = TruthFile.open(fleet.faults().get().truthFile(), clock.millis());
      files.add(file);
      truth = file;
    }
    Optional<FaultSettings> faults =
        fleet.faults().map(f -> new FaultSettings(f.perSensorPerHour()));
    int count = fleet.devices().size();
    for (int i = 0; i < count; i++) {
      SimulatedDevice device =
          new SimulatedDevice(
              fleet.devices().get(i),
              fleet.sensors(),
              fleet.interval(),
              fleet.seed(),
              faults,
              truth);
      Duration offset = fleet.pack().multipliedBy(i + 1).dividedBy(count);
      add(device.id(), new SimulatorSource(device, fleet.pack(), offset, sourceThreads, clock));
    }
  }

  private Path spoolFolder(DeviceId device) {
    return config.spool().directory().resolve(device.site()).resolve(device.device());
  }

  private void add(DeviceId device, Source source) throws IOException {
    Spool spool =
        Spool.open(
            spoolFolder(device), SpoolLimits.ofBytes(config.spoolBytesPerDevice()), boot, random);
    DeviceSession session =
        new DeviceSession(
            device,
            spool,
            broker,
            new DeviceSession.Announcement(version, config.heartbeat(), source::sensors),
            clock,
            random);
    lines.add(new DeviceLine(device, source, spool, session));
  }

  private void begin(PrintStream out) {
    for (DeviceLine line : lines) {
      line.session().start();
      line.source().start(line);
      tasks.add(
          PeriodicTask.start(
              "sync " + line.device(),
              syncThread,
              config.spool().sync(),
              config.spool().sync(),
              line::sync));
      out.println("ready device=" + line.device() + " epoch=" + line.spool().epoch());
    }
    out.flush();
  }

  /**
   * Stops in the order of the readings' way: sources first, then what is in the spools goes to the
   * broker for as long as configured, then the spools are closed.
   */
  @Override
  public void close() {
    lines.forEach(line -> line.source().close());
    sourceThreads.shutdown();
    lines.forEach(line -> line.session().stop(config.drain()));
    try {
      for (DeviceLine line : lines) {
        line.session().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tasks.forEach(PeriodicTask::close);
    syncThread.shutdown();
    lines.forEach(line -> closeFile(line.spool()));
    files.forEach(Agent::closeFile);
  }

  private static void closeFile(Closeable file) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "Cannot close a file in order", e);
    }
  }

  private static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
