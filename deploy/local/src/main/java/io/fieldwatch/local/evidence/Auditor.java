package io.fieldwatch.local.evidence;

import io.fieldwatch.local.audit.Account;
import io.fieldwatch.local.audit.Evidence;
import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.stack.Endpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Audits a running stack. What was just produced needs seconds to arrive, and the job books every
 * ten seconds, so an audit reads again and again until the account is proven or its time is over.
 */
public final class Auditor {
  private static final Duration PACE = Duration.ofSeconds(1);

  private Auditor() {}

  /**
   * Proves the account, or finds the gap. Where agents go on, all that was acknowledged when the
   * audit began must be accounted for; where nothing moves, the account must be exact, twice in a
   * row, with no lag. Where packs came of which their agent has not told yet, its next word is
   * waited for, unless it is gone.
   *
   * @param wait the longest it takes
   * @throws IOException if Kafka or InfluxDB does not answer
   */
  public static Finding audit(Endpoints endpoints, Duration wait)
      throws IOException, InterruptedException {
    try (EvidenceReader reader = new EvidenceReader(endpoints)) {
      return audit(reader, wait);
    }
  }

  private static Finding audit(EvidenceReader reader, Duration wait)
      throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + wait.toNanos();
    Evidence first = reader.read();
    Evidence before = first;
    while (true) {
      Thread.sleep(PACE.toMillis());
      Evidence now = reader.read();
      Optional<Finding> proof = proof(first, before, now);
      if (proof.isPresent()) {
        return proof.get();
      }
      if (System.nanoTime() > giveUp) {
        return new Finding(Account.of(now), isQuiet(before, now), false);
      }
      before = now;
    }
  }

  static Optional<Finding> proof(Evidence first, Evidence before, Evidence now) {
    Account account = Account.of(now);
    if (account.awaitsWordOf(now.speaking())) {
      return Optional.empty();
    }
    if (isQuiet(before, now)) {
      return account.isBalanced() && now.lagPacks() == 0
          ? Optional.of(new Finding(account, true, true))
          : Optional.empty();
    }
    boolean agentsGoOn = !before.agents().equals(now.agents());
    return agentsGoOn && account.hasCaughtUpWith(first.agents())
        ? Optional.of(new Finding(account, false, true))
        : Optional.empty();
  }

  private static boolean isQuiet(Evidence before, Evidence now) {
    return before.equals(now);
  }
}
