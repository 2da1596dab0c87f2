package io.fieldwatch.stream.device;

/** Whether a device is there, as far as one can tell from here. */
public enum Presence {
  /** It was heard of within the time that its announced intervals allow. */
  ONLINE("online"),
  /** It should have been heard of, and has not said goodbye. */
  SILENT("silent"),
  /** Its last will came, or it said goodbye, or it has been silent for long. */
  OFFLINE("offline");

  private final String word;

  Presence(String word) {
    this.word = word;
  }

  /** The name in points. */
  public String word() {
    return word;
  }
}
