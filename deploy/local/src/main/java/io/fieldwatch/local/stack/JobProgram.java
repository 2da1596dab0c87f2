package io.fieldwatch.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is started as the stream job. Tests start another main class, or another version whose
 * classes stand before the built ones on the class path.
 *
 * @param before class path entries before those of the built job
 * @param jvmOptions further options of its JVM
 */
public record JobProgram(String mainClass, List<Path> before, List<String> jvmOptions) {
  /** The job as this tree builds it. */
  public static final JobProgram BUILT =
      new JobProgram("io.fieldwatch.stream.StreamJob", List.of(), List.of());

  public JobProgram {
    before = List.copyOf(before);
    jvmOptions = List.copyOf(jvmOptions);
  }

  public JobProgram main(String otherMainClass) {
    return new JobProgram(otherMainClass, before, jvmOptions);
  }

  /** Puts a folder or jar before everything that is on the class path so far. */
  public JobProgram withClasses(Path folderOrJar) {
    List<Path> all = new ArrayList<>(before);
    all.add(0, folderOrJar.toAbsolutePath());
    return new JobProgram(mainClass, all, jvmOptions);
  }

  public JobProgram jvmOption(String option) {
    List<String> all = new ArrayList<>(jvmOptions);
    all.add(option);
    return new JobProgram(mainClass, before, all);
  }
}
