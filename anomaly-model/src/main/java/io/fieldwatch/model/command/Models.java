package io.fieldwatch.model.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import io.fieldwatch.model.store.ModelStore;
import io.fieldwatch.model.store.Promotion;
import io.fieldwatch.model.store.StoredModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Lists, adds, compares and promotes the models of a store. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "The versions of the anomaly model and which of them is current. A running job scores with a",
      "version that was promoted within a minute, and says in every score which one made it."
    },
    footer = {"", "Example: fieldwatch models promote lr-3898b53c9989"})
public final class Models implements Runnable {
  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      required = true,
      scope = ScopeType.INHERIT,
      description = "hdfs://host:port/fieldwatch/models, or a local folder.")
  private String folder = "";

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before run
  private CommandLine.Model.CommandSpec spec;

  private final PrintStream out;

  Models(PrintStream out) {
    this.out = out;
  }

  /** Exits with 0 when it was done, 1 when not, 2 on wrong arguments. */
  public static void main(String[] args) {
    Logging.quiet();
    System.exit(commandLine(System.out).execute(args));
  }

  static CommandLine commandLine(PrintStream out) {
    return Sentences.of(new CommandLine(new Models(out)));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name what to do: " + String.join(", ", spec.subcommands().keySet()));
  }

  private ModelStore store() throws IOException {
    return ModelStore.at(folder, Clock.systemUTC());
  }

  @Command(name = "list", description = "Every version, and which is current.")
  int list() throws IOException {
    ModelStore store = store();
    Optional<String> current = store.current();
    List<String> versions = store.versions();
    if (versions.isEmpty()) {
      out.printf("No models in %s; the job scores with the one it brings%n", store.folder());
    }
    for (String version : versions) {
      out.printf(
          "%s %-24s %s%n",
          current.filter(version::equals).isPresent() ? "*" : " ", version, line(store, version));
    }
    return 0;
  }

  private static String line(ModelStore store, String version) {
    try {
      StoredModel stored = store.read(version);
      return String.format(
          Locale.ROOT,
          "threshold %.4f, %d weights, recall %s at %s false alarms per device-day",
          stored.model().threshold(),
          stored.model().weights().size(),
          stored.metrics().path("recall").asText("?"),
          stored.metrics().path("falseAlarmsPerDeviceDay").asText("?"));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Command(name = "show", description = "What the file of a version says.")
  int show(@Parameters(paramLabel = "VERSION", description = "Which.") String version)
      throws IOException {
    StoredModel stored = store().read(version);
    Model model = stored.model();
    out.printf(
        Locale.ROOT,
        "%s: threshold %.6f, intercept %.4f, standardised features limited to %.1f%n",
        model.version(),
        model.threshold(),
        model.intercept(),
        model.clip());
    for (Weight weight : model.weights()) {
      out.printf(
          Locale.ROOT,
          "  %-28s %9.4f  (mean %.4f, scale %.4f)%n",
          weight.feature(),
          weight.coefficient(),
          weight.mean(),
          weight.scale());
    }
    print("Where it comes from", stored.provenance());
    print("What it reached", stored.metrics());
    return 0;
  }

  private void print(String title, JsonNode object) {
    out.println(title);
    for (Iterator<Map.Entry<String, JsonNode>> all = object.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = all.next();
      out.printf("  %-28s %s%n", entry.getKey(), text(entry.getValue()));
    }
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  @Command(name = "compare", description = "Two versions beside each other.")
  int compare(
      @Parameters(index = "0", paramLabel = "VERSION", description = "One.") String first,
      @Parameters(index = "1", paramLabel = "VERSION", description = "The other.") String second)
      throws IOException {
    ModelStore store = store();
    StoredModel one = store.read(first);
    StoredModel other = store.read(second);
    out.printf("%-28s %24s %24s%n", "", first, second);
    row("threshold", one.model().threshold(), other.model().threshold());
    row("intercept", one.model().intercept(), other.model().intercept());
    TreeSet<String> metrics = new TreeSet<>();
    one.metrics().fieldNames().forEachRemaining(metrics::add);
    other.metrics().fieldNames().forEachRemaining(metrics::add);
    for (String metric : metrics) {
      JsonNode left = one.metrics().path(metric);
      JsonNode right = other.metrics().path(metric);
      if (!left.isContainerNode() && !right.isContainerNode()) {
        out.printf("%-28s %24s %24s%n", metric, left.asText("-"), right.asText("-"));
      }
    }
    TreeSet<String> features = new TreeSet<>();
    one.model().weights().forEach(weight -> features.add(weight.feature()));
    other.model().weights().forEach(weight -> features.add(weight.feature()));
    for (String feature : features) {
      row(feature, coefficient(one.model(), feature), coefficient(other.model(), feature));
    }
    return 0;
  }

  /** Of a feature's own deviation, so that models of other data can be compared. */
  private static double coefficient(Model model, String feature) {
    return model.weights().stream()
        .filter(weight -> weight.feature().equals(feature))
        .mapToDouble(weight -> weight.coefficient() / weight.scale())
        .sum();
  }

  private void row(String what, double first, double second) {
    out.printf(Locale.ROOT, "%-28s %24.4f %24.4f%n", what, first, second);
  }

  @Command(name = "add", description = "Keep a model file as a version; does not promote it.")
  int add(@Parameters(paramLabel = "FILE", description = "As train writes it.") Path file)
      throws IOException {
    String version = store().add(Files.readAllBytes(file));
    out.printf("Added %s; promote it with: fieldwatch models promote %s%n", version, version);
    return 0;
  }

  @Command(name = "promote", description = "Make a version current.")
  int promote(@Parameters(paramLabel = "VERSION", description = "Which.") String version)
      throws IOException {
    store().promote(version);
    out.printf("%s is current%n", version);
    return 0;
  }

  @Command(name = "rollback", description = "Make the version current that was before this one.")
  int rollback() throws IOException {
    out.printf("%s is current again%n", store().rollBack());
    return 0;
  }

  @Command(
      name = "history",
      description = "Which versions were current since when, the latest first.")
  int history() throws IOException {
    for (Promotion promotion : store().promotions()) {
      boolean back = promotion.way() == Promotion.Way.ROLLED_BACK;
      out.printf("%s %s%s%n", promotion.at(), promotion.version(), back ? " (by rollback)" : "");
    }
    return 0;
  }
}
