package io.fieldwatch.local.chaos;

import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.JobProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The stream job with a fault built in: a program among the tests of stream-processor, which ends
 * itself or throws at a milestone of a batch.
 */
public final class FaultyJob {
  /** The exit code of a process that halted itself as kill -9 would have. */
  public static final int KILLED = 137;

  private static final String MAIN = "io.fieldwatch.stream.fault.FaultyJob";
  private static final String CLASSES = "stream-processor/target/test-classes";
  private static final String PACKAGE = "io/fieldwatch/stream/fault";

  private final JobProgram program;

  private FaultyJob(JobProgram program) {
    this.program = program;
  }

  /**
   * Puts the program into a jar, as it has to be for an archive of classes.
   *
   * @param jar made where it is not there yet
   * @param base what is started otherwise
   */
  public static FaultyJob in(Installation installation, Path jar, JobProgram base)
      throws IOException {
    Path classes = installation.file(CLASSES);
    List<Path> files;
    try (Stream<Path> all = Files.walk(installation.file(CLASSES + "/" + PACKAGE))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream entries = new JarOutputStream(bytes)) {
      for (Path file : files) {
        JarEntry entry = new JarEntry(classes.relativize(file).toString());
        entry.setTime(0);
        entries.putNextEntry(entry);
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    // An archive of classes knows no jar that was touched.
    if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), bytes.toByteArray())) {
      Files.write(jar, bytes.toByteArray());
    }
    return new FaultyJob(base.withClasses(jar));
  }

  /** The job as it is, with the class path of the faulty one. */
  public JobProgram sound() {
    return program;
  }

  /** Ends the process without a trace when a milestone is passed for the n-th time. */
  public JobProgram halting(String milestone, int passing) {
    return faulty("halt", milestone, passing);
  }

  /** Throws when a milestone is passed for the n-th time, once. */
  public JobProgram throwing(String milestone, int passing) {
    return faulty("throw", milestone, passing);
  }

  private JobProgram faulty(String how, String milestone, int passing) {
    return program
        .main(MAIN)
        .jvmOption("-Dfieldwatch.fault=" + how)
        .jvmOption("-Dfieldwatch.fault.at=" + milestone)
        .jvmOption("-Dfieldwatch.fault.passing=" + passing);
  }
}
