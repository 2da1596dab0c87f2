package io.fieldwatch.agent.spool;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** A process that uses a spool until it is killed, and says what it did after it has done it. */
final class SpoolWriter {
  static final SpoolLimits LIMITS = new SpoolLimits(1 << 30, 16 << 10);

  private SpoolWriter() {}

  static byte[] payloadOf(long seq) {
    return ("pack " + seq + " ").repeat((int) (seq % 40)).getBytes(StandardCharsets.UTF_8);
  }

  public static void main(String[] args) throws IOException {
    Random random = new Random();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Spool spool = Spool.open(Path.of(args[0]), LIMITS, BootId.ofThisMachine(), random);
    out.println("open " + spool.epoch());
    while (true) {
      for (int i = random.nextInt(20); i >= 0; i--) {
        out.println("appended " + spool.append(1, id -> payloadOf(id.seq())).seq());
      }
      for (int i = random.nextInt(18); i >= 0; i--) {
        Optional<SpooledPack> pack = spool.read();
        if (pack.isPresent()) {
          out.println("acknowledged " + pack.get().id().seq());
          spool.acknowledge(pack.get().id());
        }
      }
      spool.sync();
    }
  }
}
