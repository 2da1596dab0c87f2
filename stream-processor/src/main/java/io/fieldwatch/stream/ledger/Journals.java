package io.fieldwatch.stream.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongFunction;

/** Where the ledger's files are. Used by one thread at a time; every call blocks for the disk. */
public interface Journals {
  /**
   * Makes sure that nobody can append to an older file any more, and begins the next one.
   *
   * @param last number of the newest file that the caller knows
   * @param lines what a file of a given number begins with; durable when the call returns
   * @throws FencedException if somebody else has begun a newer file
   * @throws IOException if the file system is away; the call may be made again
   */
  Journal begin(long last, LongFunction<String> lines) throws IOException;

  /**
   * Removes the files before one.
   *
   * @throws IOException if the file system is away; the call may be made again
   */
  void removeBefore(long term) throws IOException;

  /** A file that the ledger is being written to. */
  interface Journal extends Closeable {
    /** Number of the file. */
    long term();

    /**
     * Appends text, which would survive the end of this process when the call returns.
     *
     * @throws IOException if that is not certain; the journal cannot be used any more
     */
    void append(String lines) throws IOException;

    /**
     * Makes sure that what was appended would survive a power cut, too. May be called while another
     * thread appends.
     *
     * @throws IOException if that is not certain
     */
    void sync() throws IOException;
  }
}
