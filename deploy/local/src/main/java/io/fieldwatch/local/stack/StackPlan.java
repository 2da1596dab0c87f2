package io.fieldwatch.local.stack;

import io.fieldwatch.local.kafka.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stack is to consist of, before it starts. Immutable; each method gives a changed plan.
 * Without further words: the servers, the connector and the stream job, on the data that is there,
 * no agents, and nobody restarts what dies.
 */
public final class StackPlan {
  private final Installation installation;
  private final DataDirectory data;
  private final boolean fresh;
  private final boolean supervised;
  private final boolean mqtt;
  private final boolean streamJob;
  private final boolean standby;
  private final boolean sparkCluster;
  private final int readingsPartitions;
  private final boolean yarn;
  private final boolean replicated;
  private final JobProgram jobProgram;
  private final Map<String, String> jobSettings;
  private final Map<String, AgentConfig> agents;
  private final List<StackListener> listeners;

  private StackPlan(Draft draft) {
    this.installation = draft.installation;
    this.data = draft.data;
    this.fresh = draft.fresh;
    this.supervised = draft.supervised;
    this.mqtt = draft.mqtt;
    this.streamJob = draft.streamJob;
    this.standby = draft.standby;
    this.sparkCluster = draft.sparkCluster;
    this.readingsPartitions = draft.readingsPartitions;
    this.yarn = draft.yarn;
    this.replicated = draft.replicated;
    this.jobProgram = draft.jobProgram;
    this.jobSettings = Map.copyOf(draft.jobSettings);
    this.agents = new LinkedHashMap<>(draft.agents);
    this.listeners = List.copyOf(draft.listeners);
  }

  static StackPlan in(Installation installation, Path directory) {
    return new StackPlan(new Draft(installation, new DataDirectory(directory)));
  }

  /** Deletes what an earlier stack stored in the folder, when this one starts. */
  public StackPlan fresh() {
    Draft draft = draft();
    draft.fresh = true;
    return new StackPlan(draft);
  }

  /** Restarts a component that dies, at most three times in a minute. */
  public StackPlan supervised() {
    Draft draft = draft();
    draft.supervised = true;
    return new StackPlan(draft);
  }

  /** Leaves out broker and connector, for those who write to Kafka themselves; allows no agents. */
  public StackPlan withoutMqtt() {
    Draft draft = draft();
    draft.mqtt = false;
    return new StackPlan(draft);
  }

  /** Starts another program as the stream job. */
  public StackPlan jobProgram(JobProgram program) {
    Draft draft = draft();
    draft.jobProgram = program;
    return new StackPlan(draft);
  }

  public StackPlan withoutStreamJob() {
    Draft draft = draft();
    draft.streamJob = false;
    return new StackPlan(draft);
  }

  /**
   * A second driver of the stream job stands by and goes on when the first one dies, and the other
   * way round once that one was started again.
   */
  public StackPlan withStandby() {
    Draft draft = draft();
    draft.standby = true;
    return new StackPlan(draft);
  }

  /**
   * A Spark Master and two Workers in the place of the stream job, which is to be submitted to
   * them: {@link Stack#sparkCluster()}.
   */
  public StackPlan onSparkCluster() {
    Draft draft = draft();
    draft.streamJob = false;
    draft.sparkCluster = true;
    return new StackPlan(draft);
  }

  /** How many partitions the topic of the readings gets when it is made. */
  public StackPlan readingsPartitions(int partitions) {
    Draft draft = draft();
    draft.readingsPartitions = partitions;
    return new StackPlan(draft);
  }

  /**
   * A YARN ResourceManager and NodeManager in the place of the stream job, which is to be submitted
   * to them: {@link Stack#yarnCluster()}.
   */
  public StackPlan onYarn() {
    Draft draft = draft();
    draft.streamJob = false;
    draft.yarn = true;
    return new StackPlan(draft);
  }

  /**
   * Three Kafka brokers with copies of everything, and two Connect workers that share the
   * connector's tasks, so that one of each may die.
   */
  public StackPlan replicated() {
    Draft draft = draft();
    draft.replicated = true;
    return new StackPlan(draft);
  }

  /**
   * Sets a key of the stream job's configuration, dotted: {@code batch}, {@code limits.packBytes}.
   */
  public StackPlan jobSetting(String dottedKey, String value) {
    Draft draft = draft();
    draft.jobSettings.put(dottedKey, value);
    return new StackPlan(draft);
  }

  /** Adds an agent process, started once the connector has subscribed. */
  public StackPlan agent(String name, AgentConfig config) {
    Draft draft = draft();
    draft.agents.put(name, config);
    return new StackPlan(draft);
  }

  public StackPlan listener(StackListener listener) {
    Draft draft = draft();
    draft.listeners.add(listener);
    return new StackPlan(draft);
  }

  /**
   * Starts everything, independent components at the same time, and waits until all are ready.
   *
   * @throws IOException if another stack runs in the folder, or a component does not start; nothing
   *     is left running then
   */
  public Stack start() throws IOException, InterruptedException {
    return Stack.start(this);
  }

  /** Where it keeps everything. */
  public Path folder() {
    return data.path();
  }

  Installation installation() {
    return installation;
  }

  DataDirectory data() {
    return data;
  }

  boolean isFresh() {
    return fresh;
  }

  boolean isSupervised() {
    return supervised;
  }

  boolean hasMqtt() {
    return mqtt;
  }

  JobProgram jobProgram() {
    return jobProgram;
  }

  boolean hasStreamJob() {
    return streamJob;
  }

  boolean hasStandby() {
    return streamJob && standby;
  }

  boolean hasSparkCluster() {
    return sparkCluster;
  }

  int readingsPartitions() {
    return readingsPartitions;
  }

  boolean hasYarn() {
    return yarn;
  }

  List<String> kafkaBrokers() {
    return replicated ? Kafka.REPLICATED : List.of(Kafka.NAME);
  }

  List<String> connectWorkers() {
    return replicated ? Connect.GROUP : List.of(Connect.NAME);
  }

  Map<String, String> jobSettings() {
    return jobSettings;
  }

  Map<String, AgentConfig> agents() {
    return agents;
  }

  List<StackListener> listeners() {
    return listeners;
  }

  private Draft draft() {
    Draft draft = new Draft(installation, data);
    draft.fresh = fresh;
    draft.supervised = supervised;
    draft.mqtt = mqtt;
    draft.streamJob = streamJob;
    draft.standby = standby;
    draft.sparkCluster = sparkCluster;
    draft.readingsPartitions = readingsPartitions;
    draft.yarn = yarn;
    draft.replicated = replicated;
    draft.jobProgram = jobProgram;
    draft.jobSettings.putAll(jobSettings);
    draft.agents.putAll(agents);
    draft.listeners.addAll(listeners);
    return draft;
  }

  private static final class Draft {
    private final Installation installation;
    private final DataDirectory data;
    private boolean fresh;
    private boolean supervised;
    private boolean mqtt = true;
    private boolean streamJob = true;
    private boolean standby;
    private boolean sparkCluster;
    private int readingsPartitions = Topics.READINGS_PARTITIONS;
    private boolean yarn;
    private boolean replicated;
    private JobProgram jobProgram = JobProgram.BUILT;
    private final Map<String, String> jobSettings = new LinkedHashMap<>();
    private final Map<String, AgentConfig> agents = new LinkedHashMap<>();
    private final List<StackListener> listeners = new ArrayList<>();

    private Draft(Installation installation, DataDirectory data) {
      this.installation = installation;
      this.data = data;
    }
  }
}
