package io.fieldwatch.local.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.stack.ComponentException;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.Stack;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jpountz.lz4.LZ4BlockOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job finds on HDFS when it starts is damaged, or kills it. */
class RecoveryChoicesIT {
  private static final int MOST_FAILED_STARTS = 3;

  @TempDir private Path folder;

  @Test
  void goes_on_from_what_can_be_used() throws Exception {
    try (Pipeline pipeline = Pipeline.in(folder)) {
      Stack stack = pipeline.stack();
      try (SeededLoad load = pipeline.load(1, "one")) {
        pipeline.awaitMoreStored(5_000);
        Pipeline.awaitUntil(() -> load.records() > 500 && !snapshotFiles().isEmpty());

        // When the newest snapshot and every checkpoint are damaged
        stack.streamJob().kill();
        overwrite(newestSnapshotFile(), "no state".getBytes(UTF_8));
        for (String checkpoint : checkpoints()) {
          overwrite(checkpoint, "no checkpoint".getBytes(UTF_8));
        }
        stack.streamJob().start();
        pipeline.awaitMoreStored(5_000);

        // When every checkpoint kills the process that reads it
        stack.streamJob().kill();
        for (String checkpoint : checkpoints()) {
          overwrite(checkpoint, poison());
        }
        int failedStarts = startUntilItStays(stack);

        // Then
        assertThat(failedStarts).isBetween(1, MOST_FAILED_STARTS);
        pipeline.awaitMoreStored(5_000);
      }
      Finding finding = Auditor.audit(stack.endpoints(), Pipeline.BOUND);
      assertThat(finding.proven()).as("%s", finding).isTrue();
      stack.streamJob().stop();
      assertThat(stack.streamJob().exitCode()).hasValue(0);
    }
  }

  private static int startUntilItStays(Stack stack) throws IOException, InterruptedException {
    for (int failed = 0; ; failed++) {
      try {
        stack.streamJob().start();
        return failed;
      } catch (ComponentException e) {
        assertThat(failed).as("%s", e.getMessage()).isLessThan(MOST_FAILED_STARTS);
      }
    }
  }

  /** A checkpoint that asks for more memory than there is, as soon as it is read. */
  private static byte[] poison() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new LZ4BlockOutputStream(bytes))) {
      out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
      out.writeShort(ObjectStreamConstants.STREAM_VERSION);
      out.writeByte(ObjectStreamConstants.TC_ARRAY);
      out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
      out.writeUTF("[J");
      out.writeLong(ObjectStreamClass.lookup(long[].class).getSerialVersionUID());
      out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
      out.writeShort(0);
      out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
      out.writeByte(ObjectStreamConstants.TC_NULL);
      out.writeInt(1_000_000_000);
    }
    return bytes.toByteArray();
  }

  private List<String> checkpoints() throws IOException {
    List<String> files =
        files("/fieldwatch/checkpoint").stream()
            .filter(name -> name.matches(".*/checkpoint-\\d+(\\.bk)?"))
            .toList();
    assertThat(files).isNotEmpty();
    return files;
  }

  private String newestSnapshotFile() throws IOException {
    return snapshotFiles().stream()
        .max(Comparator.comparingLong(RecoveryChoicesIT::snapshotNumber))
        .orElseThrow();
  }

  /** A file of every complete snapshot. */
  private List<String> snapshotFiles() throws IOException {
    return files("/fieldwatch").stream()
        .filter(name -> name.matches("/fieldwatch/state/.*/manifest"))
        .map(name -> name.replace("/manifest", "/partition-0"))
        .toList();
  }

  private static long snapshotNumber(String file) {
    String[] names = file.split("/", -1);
    return Long.parseLong(names[names.length - 2]);
  }

  private void overwrite(String file, byte[] content) throws IOException, InterruptedException {
    Path local = Files.write(folder.resolve("content"), content);
    assertThat(hdfs("-put", "-f", local.toString(), file).waitFor()).isZero();
  }

  /** Those that stay while they are listed. */
  private List<String> files(String root) throws IOException {
    try (InputStream lines = hdfs("-ls", "-C", "-R", root).getInputStream()) {
      return new String(lines.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private Process hdfs(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        folder.resolve("stack/conf/hdfs")
            + ":"
            + Installation.find().classPath("deploy/servers/hdfs"));
    command.add("org.apache.hadoop.fs.FsShell");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
