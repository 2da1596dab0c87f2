package io.fieldwatch.local.audit;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of an audit.
 *
 * @param quiet whether nothing moved any more, so that the account had to be exact
 * @param proven whether every reading is accounted for: exactly where it is quiet, else up to what
 *     was on its way
 */
public record Finding(Account account, boolean quiet, boolean proven) {

  /** The gaps, one sentence each: device, epoch, how many, which seqs; empty when proven. */
  public List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    if (!proven) {
      account.lines().stream()
          .filter(line -> line.difference() != 0)
          .forEach(line -> gaps.add(sentence(line)));
      account.windows().stream()
          .filter(line -> !line.isBalanced())
          .forEach(line -> gaps.add(sentence(line)));
    }
    return gaps;
  }

  private static String sentence(AccountLine line) {
    if (line.difference() < 0) {
      return "%s: %d readings are counted twice".formatted(line.life(), -line.difference());
    }
    String seqs = line.missingSeqs().stream().map(SeqRange::toString).collect(joining(", "));
    return "%s: %d readings are missing%s"
        .formatted(
            line.life(),
            line.difference(),
            seqs.isEmpty() ? ", within packs that came" : ", seq " + seqs);
  }

  private static String sentence(WindowLine line) {
    return "%s: %d readings are stored by the ledger, %d are in windows"
        .formatted(line.device(), line.stored(), line.inWindows());
  }
}
