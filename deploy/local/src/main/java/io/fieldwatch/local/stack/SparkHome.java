package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.Launch;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each machine of a Spark cluster has installed: {@code SPARK_HOME/jars}, the configuration of
 * HDFS's clients, and the environment of Spark's programs. On this machine all share one.
 */
final class SparkHome {
  static final String MODULE = "deploy/spark";

  /** On few cores a restart is sooner done where the thorough compiler is left out. */
  static final String QUICK_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  /** The Java options of an executor. */
  static final String EXECUTOR = QUICK_START + " " + SparkOptions.HOLDING_STATE;

  /** The artifact's name in a jar's file name, without the version. */
  private static final String VERSION_AND_SUFFIX = "-\\d.*\\.jar$";

  private final Workspace workspace;

  SparkHome(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Puts everything in place; what is there already stays.
   *
   * @return a JVM with Spark's class path and environment, for a Master or Worker
   */
  JavaLaunch java(int heapMegabytes) throws IOException {
    return java(heapMegabytes, new Hdfs(workspace).writeClientFolder("spark"));
  }

  private JavaLaunch java(int heapMegabytes, Path conf) throws IOException {
    linkJars();
    JavaLaunch launch =
        JavaLaunch.withHeap(heapMegabytes)
            .quickStart()
            .options(SparkOptions.ofBuild())
            .classPath(conf.toString(), jars() + "/*");
    environment(conf).forEach(launch::environment);
    return launch;
  }

  /** Spark's submitter for our Master. */
  Launch submit(List<String> arguments) throws IOException {
    return submit(new Hdfs(workspace).writeClientFolder("spark"), arguments);
  }

  /**
   * Spark's submitter. It sees nothing of this process's environment: it hands all it sees to the
   * Master, who shows it to anybody.
   *
   * @param conf the folder with the configuration of Hadoop's clients
   */
  Launch submit(Path conf, List<String> arguments) throws IOException {
    List<String> whole = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    whole.addAll(arguments);
    Launch launch = java(256, conf).run(workspace.data().path(), whole.toArray(String[]::new));
    List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i"));
    launch.environment().forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(launch.command());
    return Launch.of(launch.workingDirectory(), command);
  }

  /** Without the Scala version and the home a Worker cannot start any driver or executor. */
  private Map<String, String> environment(Path conf) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_HOME", home().toString());
    environment.put("SPARK_CONF_DIR", conf.toString());
    environment.put("SPARK_SCALA_VERSION", "2.12");
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("HADOOP_CONF_DIR", conf.toString());
    return environment;
  }

  /** The job's own jar, and those of its class path that no machine of the cluster has. */
  List<Path> jobJars(String module) throws IOException {
    List<String> installed = entries(MODULE).map(SparkHome::artifact).toList();
    return Stream.concat(
            Stream.of(workspace.installation().jar(module)),
            entries(module).filter(jar -> !installed.contains(artifact(jar))))
        .toList();
  }

  /** Safe where another stack of the same tree does it at this moment. */
  private void linkJars() throws IOException {
    Map<Path, Path> wanted =
        entries(MODULE).collect(Collectors.toMap(jar -> jars().resolve(jar.getFileName()), j -> j));
    Files.createDirectories(jars());
    try (Stream<Path> links = Files.list(jars())) {
      for (Path old : links.filter(link -> !wanted.containsKey(link)).toList()) {
        Files.deleteIfExists(old);
      }
    }
    for (Map.Entry<Path, Path> link : wanted.entrySet()) {
      if (!Files.exists(link.getKey())) {
        link(link.getKey(), link.getValue());
      }
    }
  }

  private static void link(Path link, Path jar) throws IOException {
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, jar);
    } catch (FileAlreadyExistsException another) {
      // It made the same one.
    }
  }

  private Stream<Path> entries(String module) throws IOException {
    return Stream.of(workspace.installation().classPath(module).split(File.pathSeparator))
        .map(Path::of);
  }

  private static String artifact(Path jar) {
    return jar.getFileName().toString().replaceFirst(VERSION_AND_SUFFIX, "");
  }

  /** Of the tree, not of the stack: its jars are links to where the build has them. */
  private Path home() {
    return workspace.installation().root().resolve(MODULE + "/target/spark-home");
  }

  Path jars() {
    return home().resolve("jars");
  }
}
