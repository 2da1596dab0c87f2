package io.fieldwatch.stream.ledger.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.ledger.Journals;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/** An open file of the ledger. */
final class LedgerFile implements Journals.Journal {
  private final long term;
  private final FSDataOutputStream out;

  LedgerFile(long term, FSDataOutputStream out) {
    this.term = term;
    this.out = out;
  }

  @Override
  public long term() {
    return term;
  }

  @Override
  public void append(String lines) throws IOException {
    out.write(lines.getBytes(UTF_8));
    out.hflush();
  }

  @Override
  public void sync() throws IOException {
    out.hsync();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
