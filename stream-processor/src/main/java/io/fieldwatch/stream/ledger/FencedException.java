package io.fieldwatch.stream.ledger;

/** Another driver has begun a newer file of the ledger; this one must end. */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FencedException(String message) {
    super(message);
  }
}
