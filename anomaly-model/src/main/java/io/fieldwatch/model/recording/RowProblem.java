package io.fieldwatch.model.recording;

/** What can be wrong with a row of a file, and what becomes of it. */
public enum RowProblem {
  WRONG_CELLS("rows with another number of cells than the header", "not scored"),
  SURPLUS_CELLS("rows with empty cells behind those of the header", "dropped"),
  NO_TIME("rows without a time that can be read", "not scored"),
  TIME_BACK("rows earlier than the row above", "scored, learnt only if a day or more earlier"),
  TIME_AGAIN("rows of the same time as the row above", "scored, not learnt"),
  NO_READING("empty cells", "no reading of that sensor"),
  NO_NUMBER("cells that are no number", "no reading of that sensor"),
  NOT_FINITE("cells that are NaN or infinite", "no reading of that sensor"),
  NOT_UTF8("characters that are no UTF-8", "read as \uFFFD"),
  OTHER_LABEL("labels other than 0 and 1", "scored, not judged");

  private final String what;
  private final String consequence;

  RowProblem(String what, String consequence) {
    this.what = what;
    this.consequence = consequence;
  }

  /** In words, to follow a count. */
  public String what() {
    return what;
  }

  /** What became of them, in words. */
  public String consequence() {
    return consequence;
  }

  /** Whether the row could not be used at all. */
  boolean refusesRow() {
    return this == WRONG_CELLS || this == NO_TIME;
  }
}
