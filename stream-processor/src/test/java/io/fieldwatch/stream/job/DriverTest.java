package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.config.StreamConfigFile;
import io.fieldwatch.stream.hdfs.HdfsSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.client.impl.DfsClientConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverTest {
  /** Nobody listens there: a client is made without asking. */
  private static final URI HDFS = URI.create("hdfs://127.0.0.1:1");

  @Test
  void theOneClientOfHdfsThatTheProcessHasIsSetAsOursAre(@TempDir Path folder) throws IOException {
    // Given: Spark's configuration makes the first client, Hadoop keeps it for everybody
    StreamConfig config = configIn(folder);
    FileSystem first =
        FileSystem.get(HDFS, SparkHadoopUtil.get().newConfiguration(Driver.sparkConf(config)));

    // When
    FileSystem ours = FileSystem.get(HDFS, HdfsSettings.replicated(config.hdfs().replication()));

    // Then
    assertThat(ours).isSameAs(first);
    DfsClientConf settings = ((DistributedFileSystem) ours).getClient().getConf();
    assertThat(settings.getDefaultReplication()).isEqualTo((short) 2);
    assertThat(settings.getBlockWriteLocateFollowingInitialDelayMs()).isEqualTo(10);
    assertThat(settings.getNumBlockWriteLocateFollowingRetry()).isEqualTo(11);
    assertThat(ours.getConf().get("dfs.client.block.write.replace-datanode-on-failure.policy"))
        .isEqualTo("NEVER");
  }

  private static StreamConfig configIn(Path folder) throws IOException {
    return StreamConfigFile.read(
            Files.writeString(
                folder.resolve("stream.yaml"),
                """
                kafka: {bootstrapServers: "127.0.0.1:1"}
                influxdb: {url: "http://127.0.0.1:1", database: none, retentionPolicy: none}
                hdfs: {uri: "%s", replication: 2}
                spark: {master: "local[2]"}
                """
                    .formatted(HDFS)))
        .config();
  }
}
