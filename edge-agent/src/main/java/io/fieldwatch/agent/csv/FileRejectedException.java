package io.fieldwatch.agent.csv;

/**
 * A file that is no file of readings, or cannot be read. The message says where and why, in a
 * sentence for people.
 */
public final class FileRejectedException extends Exception {
  public FileRejectedException(String message) {
    super(message);
  }

  public FileRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
