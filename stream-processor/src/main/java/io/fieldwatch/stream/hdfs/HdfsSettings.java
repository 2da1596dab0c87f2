package io.fieldwatch.stream.hdfs;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;

/**
 * The settings of HDFS's client. The same wherever the job writes, because Hadoop keeps the client
 * that was made first for everybody in the process.
 */
public final class HdfsSettings {
  private static final int FIRST_PAUSE_MILLIS = 10;
  private static final int PAUSES = 11;

  /** Hadoop's own files, read once: they are long, and every snapshot asks ten times. */
  private static final Configuration HADOOP = loaded();

  private HdfsSettings() {}

  private static Configuration loaded() {
    Configuration configuration = new HdfsConfiguration();
    // The first question reads the files.
    configuration.size();
    return configuration;
  }

  /** For files with so many copies. */
  public static Configuration replicated(int copies) {
    Configuration configuration = new Configuration(HADOOP);
    keys(copies).forEach(configuration::set);
    return configuration;
  }

  /** What {@link #replicated} sets, for those who make a configuration of their own. */
  public static Map<String, String> keys(int copies) {
    // Closing a file asks whether the last block has been reported, and asks again after a pause
    // that doubles. By default the first is of 400 ms, in which a snapshot of four partitions lost
    // more than a second; these pauses together last as long as the default's.
    return Map.of(
        "dfs.replication",
        Integer.toString(copies),
        "dfs.client.block.write.replace-datanode-on-failure.policy",
        "NEVER",
        "dfs.client.block.write.locateFollowingBlock.initial.delay.ms",
        Integer.toString(FIRST_PAUSE_MILLIS),
        "dfs.client.block.write.locateFollowingBlock.retries",
        Integer.toString(PAUSES));
  }
}
