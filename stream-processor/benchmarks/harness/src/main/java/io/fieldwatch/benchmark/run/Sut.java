package io.fieldwatch.benchmark.run;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.benchmark.oracle.ExpectedWindow;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A system under test, as a module's {@code systems.properties} names it.
 *
 * @param name as {@code --systems} says it
 * @param title for people
 * @param module the folder of its module
 * @param arguments its own, behind those of all
 * @param java its own options of the JVM
 * @param needs which servers it is told of, beside Kafka: {@code hdfs}, {@code influxdb}
 * @param mostDevices it is not run over a larger fleet
 * @param beyond why not
 */
public record Sut(
    String name,
    String title,
    Path module,
    String mainClass,
    List<String> arguments,
    List<String> java,
    Set<String> needs,
    ExpectedWindow.P95 p95,
    Results results,
    int mostDevices,
    String beyond) {
  private static final String FILE = "systems.properties";
  private static final String MAIN = ".main";
  private static final String ANY_DEVICES = String.valueOf(Integer.MAX_VALUE);

  /** How its progress and its results are seen. */
  public enum Results {
    /** Windows in the output topic. */
    WINDOWS,
    /** How many readings it has decoded, in the output topic. */
    PROGRESS,
    /** Windows in InfluxDB. */
    INFLUXDB
  }

  public Sut {
    requireNonNull(name, "name is null");
    arguments = List.copyOf(arguments);
    java = List.copyOf(java);
    needs = Set.copyOf(needs);
  }

  /** Another program of the same module. */
  Sut withMain(String otherMain) {
    return new Sut(
        name, title, module, otherMain, arguments, java, needs, p95, results, mostDevices, beyond);
  }

  /** All that the modules in a folder name: the limit, our own, then the others by name. */
  public static List<Sut> in(Path benchmarks) throws IOException {
    List<Sut> all = new ArrayList<>();
    try (Stream<Path> modules = Files.list(benchmarks)) {
      for (Path module : modules.toList()) {
        if (Files.exists(module.resolve(FILE))) {
          all.addAll(of(module));
        }
      }
    }
    all.sort(Comparator.comparingInt(Sut::rank).thenComparing(Sut::name));
    return all;
  }

  private static int rank(Sut sut) {
    if (sut.results == Results.PROGRESS) {
      return 0;
    }
    return sut.name.startsWith("fieldwatch") ? 1 : 2;
  }

  private static List<Sut> of(Path module) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(module.resolve(FILE))) {
      properties.load(in);
    }
    List<Sut> systems = new ArrayList<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (key.endsWith(MAIN)) {
        systems.add(of(module, properties, key.substring(0, key.length() - MAIN.length())));
      }
    }
    return systems;
  }

  private static Sut of(Path module, Properties properties, String name) {
    return new Sut(
        name,
        properties.getProperty(name + ".title", name),
        module,
        properties.getProperty(name + MAIN),
        words(properties.getProperty(name + ".arguments", "")),
        words(properties.getProperty(name + ".java", "")),
        Set.copyOf(words(properties.getProperty(name + ".needs", ""))),
        properties.getProperty(name + ".p95", "exact").equals("rank")
            ? ExpectedWindow.P95.BY_RANK
            : ExpectedWindow.P95.EXACT_OF_FEW,
        switch (properties.getProperty(name + ".results", "windows")) {
          case "windows" -> Results.WINDOWS;
          case "progress" -> Results.PROGRESS;
          case "influxdb" -> Results.INFLUXDB;
          default ->
              throw new IllegalArgumentException(
                  "Cannot read %s of %s: %s.results is none of windows, progress, influxdb"
                      .formatted(FILE, module, name));
        },
        Integer.parseInt(properties.getProperty(name + ".devices", ANY_DEVICES)),
        properties.getProperty(name + ".beyond", "it is not made for so many devices"));
  }

  private static List<String> words(String text) {
    return Stream.of(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
