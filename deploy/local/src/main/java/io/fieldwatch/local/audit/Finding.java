package io.fieldwatch.local.audit;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of an audit.
 *
 * @param quiet whether nothing moved any more, so that the account had to be exact
 * @param proven whether every reading is accounted for: exactly where it is quiet, else up to what
 *     was on its way
 */
public record Finding(Account account, boolean quiet, boolean proven) {

  /**
   * The gaps, one sentence each: device, epoch, how many, which seqs; and the agents that have not
   * told of all that came. Empty when proven.
   */
  public List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    if (!proven) {
      account.lines().forEach(line -> sentence(line).ifPresent(gaps::add));
      account.windows().stream()
          .filter(line -> !line.isBalanced())
          .forEach(line -> gaps.add(sentence(line)));
    }
    return gaps;
  }

  private static Optional<String> sentence(AccountLine line) {
    return switch (line.verdict()) {
      case BALANCED, ARRIVED_AFTER_ALL, UNCLAIMED -> Optional.empty();
      case MISSING -> Optional.of("%s: %s".formatted(line.life(), missing(line)));
      case COUNTED_TWICE ->
          Optional.of(
              "%s: %d readings are counted twice".formatted(line.life(), line.countedTwice()));
      case OUTDATED ->
          Optional.of(
              "%s: the agent has said nothing since seq %d, the ledger has seq %d"
                  .formatted(line.life(), line.toldSeq(), line.ledger().maxSeq()));
    };
  }

  private static String missing(AccountLine line) {
    String seqs = line.missingSeqs().stream().map(SeqRange::toString).collect(joining(", "));
    if (line.difference() <= 0) {
      return "packs are missing, seq %s, and the agent has said nothing since seq %d"
          .formatted(seqs, line.toldSeq());
    }
    return "%d readings are missing%s"
        .formatted(
            line.difference(), seqs.isEmpty() ? ", within packs that came" : ", seq " + seqs);
  }

  private static String sentence(WindowLine line) {
    return "%s: %d readings are stored by the ledger, %d are in windows"
        .formatted(line.device(), line.stored(), line.inWindows());
  }
}
