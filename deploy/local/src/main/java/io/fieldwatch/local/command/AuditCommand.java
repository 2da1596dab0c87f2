package io.fieldwatch.local.command;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that what went in came out, or names the gap. */
@Command(
    name = "audit",
    description = {
      "Per device and epoch: produced = stored + late + quarantined + dropped + in flight.",
      "Exits 1 on a gap, which it names."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch audit --wait 30s"})
public final class AuditCommand implements Callable<Integer> {
  @Mixin private StackOption stackOption = new StackOption();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "The longest to wait for what is on its way (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(30);

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Finding finding = Auditor.audit(stackOption.runningEndpoints(), patience);
    if (json) {
      System.out.println(AuditTable.json(finding).toPrettyString());
    } else {
      AuditTable.lines(finding).forEach(System.out::println);
    }
    return finding.proven() ? 0 : 1;
  }
}
