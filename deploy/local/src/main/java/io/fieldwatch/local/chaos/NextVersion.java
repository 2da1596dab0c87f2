package io.fieldwatch.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Builds a next version of the stream job: its sources as they are, with a few changes that an
 * upgrade may bring. A class that Spark serializes has another name, and each device's state has
 * one field more, which the next version wants back and this one has to leave alone.
 */
final class NextVersion {
  /** What the next version prints when it has started. */
  static final String GREETING = "ready, as the next version";

  private static final String MODULE = "stream-processor";
  private static final String SOURCES = MODULE + "/src/main/java";
  private static final String PACKAGE = "io/fieldwatch/stream/";

  private record Change(String file, String from, String to) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change("job/Driver.java", "\"ready\"", "\"" + GREETING + "\""),
          new Change("job/PartitionTask.java", "\\bResults\\b", "NextResults"),
          new Change("job/StateRdd.java", "\\bReadState\\b", "ReadNextState"),
          new Change(
              "device/DeviceState.java",
              "out\\.text\\(1, id\\.key\\(\\)\\);",
              "out.text(1, id.key()); out.text(4000, \"next\");"),
          new Change(
              "device/DeviceState.java",
              "case 1 -> key = in\\.text\\(\\);",
              "case 1 -> key = in.text();\n"
                  + "case 4000 -> { if (!in.text().equals(\"next\"))"
                  + " { throw new IOException(\"The added field was changed\"); } }"));

  private NextVersion() {}

  /**
   * Compiles it.
   *
   * @param directory takes sources and classes
   * @return the folder of the classes, to stand before those of this version
   * @throws IOException if a change does not apply any more, or the result does not compile
   */
  static Path build(Installation installation, Path directory) throws IOException {
    Path from = installation.file(SOURCES);
    Path sources = directory.resolve("next-sources");
    Path classes = Files.createDirectories(directory.resolve("next-classes"));
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path file : files) {
      Path copy = sources.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, Files.readString(file));
    }
    for (Change change : CHANGES) {
      apply(change, sources.resolve(PACKAGE + change.file()));
    }
    compile(
        files.stream().map(file -> sources.resolve(from.relativize(file).toString())).toList(),
        installation.classPath(MODULE),
        classes);
    return classes;
  }

  private static void apply(Change change, Path file) throws IOException {
    String before = Files.readString(file);
    String after = before.replaceAll(change.from(), change.to());
    if (after.equals(before)) {
      throw new IOException(
          "Cannot make the next version: '%s' is not in %s any more"
              .formatted(change.from(), change.file()));
    }
    Files.writeString(file, after);
  }

  private static void compile(List<Path> files, String classPath, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("Cannot make the next version: this Java has no compiler");
    }
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  List.of(
                      "-cp", classPath, "-d", classes.toString(), "-proc:none", "-nowarn", "-g"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        throw new IOException("Cannot make the next version: " + messages);
      }
    }
  }
}
