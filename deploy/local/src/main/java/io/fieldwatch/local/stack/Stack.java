package io.fieldwatch.local.stack;

import io.fieldwatch.local.port.Ports;
import io.fieldwatch.local.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A running pipeline: real servers, each its own process, on loopback and free ports, with all data
 * below one folder.
 *
 * <pre>{@code
 * try (Stack stack = Stack.in(directory).agent("sim", config).start()) {
 *   stack.connect().kill();
 *   stack.connect().start();
 * }
 * }</pre>
 *
 * <p>Safe for several threads. If this process is killed the components live on; the next start in
 * the folder ends exactly those, by pid and start time, before it goes on with their data.
 */
public final class Stack implements AutoCloseable {
  private static final int MOST_RESTARTS = 3;
  private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(1);

  private static final Duration DRIVER_STOP_BOUND = Duration.ofSeconds(100);

  /** Stopped one group after the other: who sends before who receives, storage last. */
  private static final List<List<String>> STOP_ORDER =
      List.of(
          Connect.GROUP,
          // At the same time, or the one would take over from the other.
          List.of(StreamJob.NAME, StandbyJob.NAME),
          SparkWorker.NAMES,
          List.of(SparkMaster.NAME),
          List.of(YarnNode.NODE_MANAGER),
          List.of(YarnNode.RESOURCE_MANAGER),
          Stream.concat(
                  Kafka.REPLICATED.stream(),
                  Stream.of(Mosquitto.NAME, InfluxDb.NAME, DataNode.NAME))
              .toList(),
          List.of(NameNode.NAME));

  private final Workspace workspace;
  private final StackLock lock;
  private final StackListener listener;
  private final boolean supervised;
  private final StreamJob job;
  private final ExecutorService threads;
  private final Map<String, Component> components = new LinkedHashMap<>();
  private final Map<String, RestartRule> restartRules = new ConcurrentHashMap<>();
  private volatile boolean closing;

  private Stack(StackPlan plan, Workspace workspace, StackLock lock) {
    this.workspace = workspace;
    this.lock = lock;
    this.listener = new StackListeners(plan.listeners());
    this.supervised = plan.isSupervised();
    this.job =
        new StreamJob(
            workspace,
            plan.jobProgram(),
            plan.jobSettings(),
            plan.hasStandby(),
            InstantSource.system());
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "stack");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The plan of a stack in a folder, of the source tree around the working directory. */
  public static StackPlan in(Path directory) {
    return in(Installation.find(), directory);
  }

  public static StackPlan in(Installation installation, Path directory) {
    return StackPlan.in(installation, directory);
  }

  static Stack start(StackPlan plan) throws IOException, InterruptedException {
    DataDirectory data = plan.data();
    data.create();
    StackLock lock = StackLock.acquire(data);
    Stack stack;
    try {
      LeftOver.end(data);
      if (plan.isFresh()) {
        data.clear();
      }
      Ports ports = Ports.keptIn(data.portsFile(), new SecureRandom());
      ports.renewTaken();
      stack =
          new Stack(
              plan,
              Workspace.withBrokers(plan.installation(), data, ports, plan.kafkaBrokers()),
              lock);
      stack.assemble(plan);
    } catch (IOException | InterruptedException | RuntimeException e) {
      lock.close();
      throw e;
    }
    stack.startAll(plan);
    return stack;
  }

  private void assemble(StackPlan plan) {
    Mosquitto mosquitto = new Mosquitto(workspace);
    if (plan.hasMqtt()) {
      add(mosquitto);
    }
    for (String name : plan.kafkaBrokers()) {
      add(new Kafka(name, plan.kafkaBrokers(), plan.readingsPartitions(), workspace));
    }
    add(new NameNode(workspace));
    add(new DataNode(workspace));
    add(new InfluxDb(workspace));
    if (plan.hasMqtt()) {
      plan.connectWorkers()
          .forEach(name -> add(new Connect(name, plan.connectWorkers(), workspace, mosquitto)));
    }
    if (plan.hasStreamJob()) {
      add(job);
    }
    if (plan.hasStandby()) {
      add(new StandbyJob(job));
    }
    if (plan.hasSparkCluster()) {
      add(new SparkMaster(workspace));
      SparkWorker.NAMES.forEach(name -> add(new SparkWorker(name, workspace)));
    }
    if (plan.hasYarn()) {
      add(YarnNode.resourceManager(workspace));
      add(YarnNode.nodeManager(workspace));
    }
    plan.agents().forEach((name, config) -> add(new Agent(name, workspace, config)));
  }

  private Component add(Service service) {
    Component component = new Component(service, workspace.data(), listener, this::restartByRule);
    components.put(service.name(), component);
    return component;
  }

  private void startAll(StackPlan plan) throws IOException, InterruptedException {
    StartOrder order = new StartOrder(threads);
    if (plan.hasMqtt()) {
      order.start(mosquitto(), List.of());
    }
    List<Component> brokers = plan.kafkaBrokers().stream().map(this::component).toList();
    brokers.forEach(broker -> order.start(broker, List.of()));
    order.start(nameNode(), List.of());
    order.start(dataNode(), List.of(nameNode()));
    order.start(influxDb(), List.of());
    if (plan.hasMqtt()) {
      for (String worker : plan.connectWorkers()) {
        order.start(component(worker), with(brokers, mosquitto()));
      }
    }
    if (plan.hasStreamJob()) {
      order.start(streamJob(), with(brokers, dataNode(), influxDb()));
    }
    if (plan.hasStandby()) {
      order.start(streamStandby(), List.of(streamJob()));
    }
    if (plan.hasSparkCluster()) {
      order.start(sparkMaster(), List.of());
      sparkWorkers().forEach(worker -> order.start(worker, List.of(sparkMaster())));
    }
    if (plan.hasYarn()) {
      Component resourceManager = component(YarnNode.RESOURCE_MANAGER);
      order.start(resourceManager, List.of());
      order.start(yarnNodeManager(), List.of(resourceManager));
    }
    for (String agent : plan.agents().keySet()) {
      order.start(component(agent), List.of(connect()));
    }
    try {
      order.await();
    } catch (IOException | InterruptedException | RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private static List<Component> with(List<Component> some, Component... others) {
    return Stream.concat(some.stream(), Stream.of(others)).toList();
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  public Component mosquitto() {
    return component(Mosquitto.NAME);
  }

  public Component kafka() {
    return component(Kafka.NAME);
  }

  /** All brokers of a stack that is {@link StackPlan#replicated()}, else the only one. */
  public List<Component> kafkaBrokers() {
    return Kafka.REPLICATED.stream().filter(components::containsKey).map(this::component).toList();
  }

  public Component nameNode() {
    return component(NameNode.NAME);
  }

  public Component dataNode() {
    return component(DataNode.NAME);
  }

  public Component influxDb() {
    return component(InfluxDb.NAME);
  }

  public Component connect() {
    return component(Connect.NAME);
  }

  /** All Connect workers of a stack that is {@link StackPlan#replicated()}, else the only one. */
  public List<Component> connectWorkers() {
    return Connect.GROUP.stream().filter(components::containsKey).map(this::component).toList();
  }

  public Component streamJob() {
    return component(StreamJob.NAME);
  }

  /** The second driver, of a stack {@link StackPlan#withStandby()}. */
  public Component streamStandby() {
    return component(StandbyJob.NAME);
  }

  /** Spark's Master, of a stack {@link StackPlan#onSparkCluster()}. */
  public Component sparkMaster() {
    return component(SparkMaster.NAME);
  }

  /** Spark's Workers, of a stack {@link StackPlan#onSparkCluster()}. */
  public List<Component> sparkWorkers() {
    return SparkWorker.NAMES.stream().map(this::component).toList();
  }

  /** YARN's NodeManager, of a stack {@link StackPlan#onYarn()}. */
  public Component yarnNodeManager() {
    return component(YarnNode.NODE_MANAGER);
  }

  /** What runs on YARN. */
  public YarnCluster yarnCluster() {
    return new YarnCluster(workspace, job.settings());
  }

  /** What runs on Spark's Master and Workers. */
  public SparkCluster sparkCluster() {
    return new SparkCluster(workspace, job.settings());
  }

  /** Starts another program as the stream job, from its next start on. */
  public void changeJobProgram(JobProgram program) {
    job.program(program);
  }

  /** As {@link StackPlan#jobSetting}, from the job's next start on. */
  public void changeJobSetting(String dottedKey, String value) {
    job.setting(dottedKey, value);
  }

  /**
   * Runs a program that is configured as the stream job is and has its class path; blocks until it
   * has ended.
   *
   * @param mainClass called with {@code --config FILE} and the arguments
   * @throws IOException if it fails or does not end within the bound, with the end of its log
   */
  public void runBesideJob(String mainClass, int heapMegabytes, Duration bound, String... arguments)
      throws IOException, InterruptedException {
    String name = mainClass.substring(mainClass.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    ChildProcess.run(
        job.companion(mainClass, heapMegabytes, arguments),
        workspace.data().pidFile(name),
        workspace.data().log(name),
        bound);
  }

  /** The agent process of this name. */
  public Component agent(String name) {
    return component(name);
  }

  /** Adds an agent process to the running stack and waits until it is connected. */
  public Component startAgent(String name, AgentConfig config)
      throws IOException, InterruptedException {
    Component agent;
    synchronized (components) {
      if (components.containsKey(name)) {
        throw new IllegalArgumentException("Cannot add agent " + name + ": there is one");
      }
      agent = add(new Agent(name, workspace, config));
    }
    agent.start();
    return agent;
  }

  /** All components, in the order of their first start. */
  public Collection<Component> components() {
    synchronized (components) {
      return List.copyOf(components.values());
    }
  }

  /** The agents among the {@link #components()}. */
  public List<Component> agents() {
    List<String> servers = STOP_ORDER.stream().flatMap(List::stream).toList();
    return components().stream().filter(c -> !servers.contains(c.name())).toList();
  }

  public Endpoints endpoints() {
    return workspace.endpoints();
  }

  public DataDirectory data() {
    return workspace.data();
  }

  /** Stops the agents at the same time; each first sends what it can. */
  public void stopAgents() throws IOException, InterruptedException {
    List<Task> stops = new ArrayList<>();
    for (Component agent : agents()) {
      stops.add(Task.run(threads, agent::stop));
    }
    Task.awaitAll(stops);
  }

  /** Starts the agents again, after {@link #stopAgents()}, at the same time. */
  public void startAgents() throws IOException, InterruptedException {
    List<Task> starts = new ArrayList<>();
    for (Component agent : agents()) {
      starts.add(Task.run(threads, agent::start));
    }
    Task.awaitAll(starts);
  }

  /**
   * Stops everything in order and waits until no process is left, through interrupts. A second call
   * does nothing.
   *
   * @throws IOException if a component could not be stopped; the others are stopped all the same
   */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    try {
      Task.run(threads, this::retireAll).awaitThroughInterrupts();
    } finally {
      threads.shutdownNow();
      lock.close();
    }
  }

  private void retireAll() throws IOException, InterruptedException {
    StopOrder order = new StopOrder(threads);
    order.retire(agents());
    for (List<String> group : STOP_ORDER) {
      if (group.equals(SparkWorker.NAMES)) {
        order.attempt(this::stopSparkDriver);
      }
      order.retire(components().stream().filter(c -> group.contains(c.name())).toList());
    }
    order.throwFirst();
  }

  /** While its executors, which are the Workers', are still there for its last batch. */
  private void stopSparkDriver() throws InterruptedException {
    Component master = components.get(SparkMaster.NAME);
    if (master == null || master.state() != Component.State.READY) {
      return;
    }
    try {
      sparkCluster().stop(DRIVER_STOP_BOUND);
    } catch (IOException e) {
      // It ends with its Worker, as if killed, and loses nothing by it.
      listener.gaveUp(master, String.valueOf(e.getMessage()));
    }
  }

  private void restartByRule(Component component) {
    if (!supervised || closing) {
      return;
    }
    RestartRule rule =
        restartRules.computeIfAbsent(
            component.name(), name -> new RestartRule(MOST_RESTARTS, RESTARTS_WITHIN));
    synchronized (rule) {
      if (!rule.allowsRestartAt(Instant.now())) {
        listener.gaveUp(component, "it died more than " + MOST_RESTARTS + " times within a minute");
        return;
      }
    }
    threads.execute(() -> restart(component));
  }

  private void restart(Component component) {
    try {
      component.start();
    } catch (IOException | RuntimeException e) {
      if (!closing) {
        listener.gaveUp(component, String.valueOf(e.getMessage()));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Component component(String name) {
    synchronized (components) {
      Component component = components.get(name);
      if (component == null) {
        throw new IllegalArgumentException(
            "Cannot find component '" + name + "': the stack has " + components.keySet());
      }
      return component;
    }
  }
}
