package io.fieldwatch.senml;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.quarantine.Reason;

/** A payload that is no usable pack. Carries no stack trace: it is a finding, not a fault. */
public final class PackRejectedException extends Exception {
  private final Reason reason;

  public PackRejectedException(Reason reason, String detail) {
    super(requireNonNull(detail, "detail is null"), null, false, false);
    this.reason = requireNonNull(reason, "reason is null");
  }

  /** Why it goes to quarantine; {@link #getMessage()} says it in a sentence. */
  public Reason reason() {
    return reason;
  }
}
