package io.fieldwatch.stream.hdfs;

import org.apache.hadoop.conf.Configuration;

/**
 * The settings of HDFS's client. The same wherever the job writes, because Hadoop keeps the client
 * that was made first for everybody in the process.
 */
public final class HdfsSettings {
  private static final int FIRST_PAUSE_MILLIS = 10;
  private static final int PAUSES = 11;

  private HdfsSettings() {}

  /** For files with so many copies. */
  public static Configuration replicated(int copies) {
    Configuration configuration = new Configuration();
    configuration.setInt("dfs.replication", copies);
    configuration.set("dfs.client.block.write.replace-datanode-on-failure.policy", "NEVER");
    // Closing a file asks whether the last block has been reported, and asks again after a pause
    // that doubles. By default the first is of 400 ms, in which a snapshot of four partitions lost
    // more than a second; these pauses together last as long as the default's.
    configuration.setInt(
        "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", FIRST_PAUSE_MILLIS);
    configuration.setInt("dfs.client.block.write.locateFollowingBlock.retries", PAUSES);
    return configuration;
  }
}
